ebpf attach --emit-c 'tracepoint:raw_syscalls/sys_enter' {|ctx|
    if $ctx.args.args.2 == 7 { {id: $ctx.id, all: $ctx.args.args, first: $ctx.args.args.0} | emit }
}
