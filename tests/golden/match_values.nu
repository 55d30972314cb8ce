ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let what = match ($ctx.filename | read-str --len 32) {
        null => "nothing"
        "/etc/passwd" | "/etc/shadow" => "secret"
        $name if ($name | str starts-with "/proc/") => "proc"
        _ => "other"
    }
    let size = match $ctx.flags { 0 => 0, 1..63 => 1, _ => 2 }
    {what: $what, size: $size} | count
}
