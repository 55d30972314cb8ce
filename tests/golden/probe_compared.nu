# What is compared must be known: so each has a program of its own.
ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_{kill,tkill}' {|ctx| if $ctx.func == 'sys_enter_kill' { $ctx.sig | emit } }
