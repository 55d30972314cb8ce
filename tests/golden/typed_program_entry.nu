ebpf attach --emit-c 'uretprobe:./program.so:find' {|ctx|
    {asked: $ctx.entry.args.id, of: $ctx.entry.args.list, name: $ctx.retval.name} | emit
}
