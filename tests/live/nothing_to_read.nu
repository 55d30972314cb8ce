# only: host (what it tests is in the plugin and no other in another kernel)
# expect: ["ebpf::probe::nothing", "ebpf::probe::nothing"]
let rows = ebpf attach 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.pid | emit }
let counts = ebpf attach 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count }
let code = {|error| $error.details.code }
[(try { ebpf counters $rows } catch $code) (try { ebpf trace $counts } catch $code)]
