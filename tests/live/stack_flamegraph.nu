# expect: [true, true, true, true, true]
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.ustack | count --as ways; $ctx.comm | count }
^$env.TRIGGER stack 7 3
let svg = ebpf flamegraph $id --as ways --title 'Ways to getpid'
['<svg' 'Ways to getpid' '<title>trigger_a (7 events, 70.00%)' '<title>trigger_z (3 events' '<title>main (10 events'] | each {|part| $part in $svg }
