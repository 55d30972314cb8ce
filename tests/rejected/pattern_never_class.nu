ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx| if ($ctx.filename | read-str --len 16) =~ '[^\s\S]' { count } }
