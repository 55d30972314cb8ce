ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let name = $ctx.filename | read-str --len 32 | default ""
    if ($name | str starts-with "/tmp/") and not ($name | str ends-with ".swp") {
        {
            base: ($name | str substring 5..)
            size: ($name | str length)
            upper: ($name | str uppercase)
            at: ($name | str index-of "-")
            has: ($name | str contains "x11")
            same: ($name == $ctx.comm)
        } | emit
    }
}
