# Where Nushell would raise an error: the event ends, is counted, and its place is remembered.
ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let number = $ctx.filename | read-str --len 16 | into int
    {
        product: ($number * $ctx.flags)
        shifted: (1 bit-shl $number)
        rest: ($ctx.dfd mod $number)
        size: ($number | math abs)
    } | emit
}
