let parts = 1..40 | each {|n| $"part-($n)" }
ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let name = $ctx.filename | read-str --len 250
    mut n = 0
    for part in $parts { if ($name | str contains $part) { $n += 1 } }
    $n | emit
}
