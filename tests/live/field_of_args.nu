# only: host (what it tests is in the plugin and no other in another kernel)
# expect: ["write $ctx.args.preempt", true]
# A field that is an argument of the attach point: the help names its path, which works.
let help = try { ebpf attach --emit-c 'raw_tracepoint:sched_switch' {|ctx| $ctx.preempt | count } } catch {|error| $error.details.help }
[$help ((ebpf attach --emit-c 'raw_tracepoint:sched_switch' {|ctx| $ctx.args.preempt | count }) has preempt)]
