ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_read' {|ctx|
    let numbers = [$ctx.fd $ctx.count 7]
    let large = $numbers | where {|n| $n > 5 }
    {
        sum: ($numbers | reduce {|it, acc| $acc + $it })
        any: ($numbers | any {|n| $n == 0 })
        doubled: ($numbers | each {|n| $n * 2 })
        large: $large
        many: ($large | length)
        most: ($numbers | math max)
    } | emit
}
