# expect: [[trigger, main, trigger_a, trigger_b, trigger_c, "bare_getpid 7"], [trigger, main, trigger_z, trigger_c, "bare_getpid 3"]]
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| {comm: $ctx.comm, user: $ctx.ustack} | count }
^$env.TRIGGER stack 7 3
ebpf stacks $id --folded | str replace --regex ';.*;main;' ';main;' | each { split row ';' }
