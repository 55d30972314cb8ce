ebpf attach --emit-c --ring-buffer 1MiB 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let name = $ctx.filename | read-str --len 64
    if $name == "/etc/passwd" { {name: $name, long: ($ctx.filename | read-str --len 4096)} | emit }
    if $name == null { "unreadable" | emit }
    if "/etc/shadow" != $name { return }
    $name | emit
}
