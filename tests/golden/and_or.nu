ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if ($ctx.uid == 0 and $ctx.flags > 5) or not ($ctx.comm == "cat" xor $ctx.pid <= 9) {
        {low: ($ctx.pid < 100 or $ctx.gid >= 4), both: ($ctx.dfd != 1 and $ctx.dfd + 1 > 2)} | emit
    }
}
