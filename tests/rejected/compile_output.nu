ebpf compile 'tracepoint:sched/sched_switch' {|ctx| $ctx.comm | count } --output no/such/folder.o
