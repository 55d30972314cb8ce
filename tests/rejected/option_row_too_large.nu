ebpf attach --emit-c --ring-buffer 4KiB 'tracepoint:syscalls/sys_enter_openat' {|ctx| $ctx.filename | read-str --len 4096 | emit }
