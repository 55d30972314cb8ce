# only: host (what it tests is in the plugin and no other in another kernel)
# expect: ["ebpf::closure::size", true]
# All fields of every system call are as many programs as there are layouts.
let error = try { ebpf attach --dry-run --max-probes 5000 'tracepoint:syscalls/sys_e*' {|ctx| $ctx.args | emit } } catch {|error| $error.details }
[$error.code ("more than 256 programs" in $error.msg)]
