# Column names that C would not have, and two that become the same in it. */ /*
ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    # no end: */ /* nor this: ??/ \
    let int = $ctx.dfd + 1
    let nu_event = $ctx.flags + 1
    let größe = $ctx.mode + 1
    {
        "with space": $ctx.pid, with_space: $ctx.tid, int: $int, while: $ctx.uid, größe: $größe, "": $ctx.gid,
        nu_event: $nu_event, "*/": $ctx.cpu, "a\nb": $ctx.tgid, "7": $ctx.ktime, value: 1, NULL: $ctx.dfd
    } | emit
}
