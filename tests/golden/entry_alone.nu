ebpf attach --emit-c 'tracepoint:syscalls/sys_exit_{kill,tkill}' {|ctx| {call: ($ctx.func | str substring 9..), signal: $ctx.entry.sig} | emit }
