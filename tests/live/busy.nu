# needs: speed
# expect: "ebpf::probe::busy"
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.pid | emit }
job spawn { ebpf trace --follow $id | first 1 }
sleep 300ms
try { ebpf trace $id } catch {|error| $error.details.code }
