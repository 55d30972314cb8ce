# expect: 9
let who = "trigger"
let id = ebpf attach 'tracepoint:syscalls/sys_enter_getpid' {|ctx| if $ctx.comm == $who { count } }
^$env.TRIGGER getpid 9
ebpf counters $id | get count.0
