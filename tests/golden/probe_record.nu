def clamped [n: int] { mut m = $n; for i in 0..3 { if $m > 100 { $m = $m // 2 + $i } else { $m = $m * 3 - $i }; if $m == 7 { $m = 8 } }; $m }
ebpf attach --emit-c {
    'kprobe:vfs_read': {|ctx|
        for i in 0..$ctx.arg2 { if $i == $ctx.arg1 { $i | emit } }
        if $ctx.comm =~ '^k.*d$' { {at: $ctx.func, comm: $ctx.comm} | count }
        $"($ctx.comm)-(clamped $ctx.arg2)" | str length | emit
    }
    'kretprobe:vfs_read': {|ctx|
        for i in 0..$ctx.retval { if $i == 3 { $i | emit } }
        if $ctx.comm =~ '^s.*d$' { {at: $ctx.func, comm: $ctx.comm} | count }
        $"($ctx.comm)+(clamped $ctx.retval)" | str length | emit
    }
}
