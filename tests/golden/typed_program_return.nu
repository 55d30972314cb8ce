ebpf attach --emit-c ['uretprobe:./program.so:reply' 'uretprobe:tests/fixtures/dwarf/program.so:find'] {|ctx|
    {what: $ctx.func, got: $ctx.retval} | emit
}
