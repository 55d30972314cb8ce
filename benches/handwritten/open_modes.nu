ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let mode = match ($ctx.flags bit-and 3) { 0 => "read", 1 => "write", 2 => "both", _ => "wrong" }
    {mode: $mode, fresh: (($ctx.flags bit-and 64) != 0)} | count
}
