# expect: [[count]; [123]]
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count }
^$env.TRIGGER getpid 123
ebpf counters $id
