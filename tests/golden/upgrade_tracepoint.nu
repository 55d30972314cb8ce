# Nothing of the event's record is read: its raw form has all of it.
ebpf attach --emit-c --comm nu 'tracepoint:sched/sched_switch' {|ctx| {comm: $ctx.comm, probe: $ctx.probe} | count }
