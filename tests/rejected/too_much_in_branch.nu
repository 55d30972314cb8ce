ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.dfd == -5 { {l: ($ctx.filename | read-str --len 4096 | str length)} | emit }
}
