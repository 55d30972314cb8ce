ebpf attach --emit-c ['uretprobe:./program.so:reply' 'uretprobe:./program.so:find'] {|ctx|
    {what: $ctx.func, got: $ctx.retval} | emit
}
