# What a `def` and a closure in a variable become where they are called.
def kind [size: int, --small: int = 64] {
    if $size < 0 { return "wrong" }
    if $size <= $small { "small" } else { "large" }
}
let half = {|n| $n // 2 }
ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_read' {|ctx|
    {kind: (kind $ctx.count), half: (do $half $ctx.count), fine: (kind $ctx.fd --small 2)} | count
}
