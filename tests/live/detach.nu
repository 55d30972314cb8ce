# expect: [1, 0, "ebpf::probe::unknown"]
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count }
let attached = ebpf list | length
ebpf detach $id
let code = try { ebpf counters $id } catch {|error| $error.details.code }
[$attached (ebpf list | length) $code]
