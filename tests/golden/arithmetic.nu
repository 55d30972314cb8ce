ebpf attach --emit-c 'uprobe:/bin/true:+0x10' {|ctx|
    let sum = $ctx.arg0 + $ctx.arg1
    {sum: $sum, difference: ($sum - 1), sum3: ($ctx.arg2 + $ctx.arg3 - $ctx.pid)} | emit
}
