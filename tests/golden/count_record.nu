ebpf attach --emit-c --max-entries 500 'tracepoint:raw_syscalls/sys_enter' {|ctx|
    {call: $ctx.id, who: {uid: $ctx.uid, comm: $ctx.comm}, fixed: "x"} | count
}
