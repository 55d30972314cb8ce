ebpf attach --emit-c 'uprobe:/bin/true:+0x10' {|ctx|
    {by_value: ($ctx.arg0 // $ctx.arg1), by_seven: ($ctx.arg0 mod 7), by_zero: ($ctx.arg0 // 0), left: ($ctx.arg0 bit-shl $ctx.arg1)} | emit
}
