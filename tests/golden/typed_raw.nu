ebpf attach --emit-c 'raw_tracepoint:sched_switch' {|ctx|
    {from: $ctx.args.arg1.comm, to: $ctx.args.arg2.real_parent.tgid, gone: $ctx.args.arg2.gone?, preempted: $ctx.args.arg0} | emit
}
