$env.NU_EBPF_BPFFS = '/nowhere'
ebpf attach --pin waits --emit-c 'kprobe:schedule' {|ctx|
    $ctx.kstack | count
}
