# As a row it is put together by the reader; as a key in the kernel.
ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    $"($ctx.comm): ($ctx.filename | read-str --len 20) \(($ctx.flags)\)" | emit
    $"($ctx.comm)/($ctx.flags mod 4)" | count
}
