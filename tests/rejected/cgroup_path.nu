ebpf attach 'tracepoint:sched/sched_process_fork' {|ctx| if $ctx.cgroup_path == '/user.slice' { count } }
