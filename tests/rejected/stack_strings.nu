ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let a = $ctx.filename | read-str
    let b = $ctx.filename | read-str
    let c = $ctx.filename | read-str
    let d = $ctx.filename | read-str
    {a: $a, b: $b, c: $c, d: $d, same: ($a == $b)} | emit
}
