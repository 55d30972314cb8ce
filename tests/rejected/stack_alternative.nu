ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    $ctx.ustack | map-put stacks $ctx.tid
    let stack = $ctx.tid | map-get stacks
    if ($stack | length) > 3 { 1 | emit } else { 2 | emit }
}
