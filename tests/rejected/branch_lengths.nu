ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let x = if $ctx.pid == 1 { $ctx.filename | read-str --len 8 } else { $ctx.filename | read-str --len 16 }
    $x | emit
}
