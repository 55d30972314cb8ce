# Where `sig` lies differs: kill and tkill share a program.
ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_{kill,tkill,tgkill}' {|ctx| {sig: $ctx.sig, probe: $ctx.probe} | emit }
