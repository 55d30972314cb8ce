# expect: [trigger_c, trigger_b, trigger_a, main]
job spawn { while (ebpf list | is-empty) { sleep 100ms }; for i in 1..3 { ^$env.TRIGGER stack 1 0 } }
ebpf attach -s --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.ustack | emit } | first 3 | last | get function | skip 1 | first 4
