ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let file = $ctx.filename | read-str --len 64
    if $file != null and ($file | str starts-with "/etc/") { {pid: $ctx.pid, file: $file} | emit }
}
