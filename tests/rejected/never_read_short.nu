ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let file = $ctx.filename | read-str --len 8
    if $file == "/etc/passwd" { $ctx.pid | emit }
}
