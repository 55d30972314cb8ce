ebpf attach --emit-c 'tracepoint:sched/sched_process_exec' {|ctx|
    {file: $ctx.filename, short: ($ctx.filename | read-kernel-str --len 8), pid: $ctx.args.pid, old: $ctx.old_pid} | emit
}
