# expect: ["main;trigger_a;trigger_b;trigger_c;bare_getpid 2", "main;trigger_z;trigger_c;bare_getpid 1"]
# A stack that a map has kept from an earlier event.
let id = ebpf attach --comm trigger {
    'tracepoint:syscalls/sys_enter_getpid': {|ctx| {stack: $ctx.ustack} | map-put before $ctx.tid }
    'tracepoint:syscalls/sys_exit_getpid': {|ctx| {stack: ($ctx.tid | map-get before).stack?} | count }
}
^$env.TRIGGER stack 2 1
ebpf stacks $id --folded | str replace --regex '^.*;main;' 'main;'
