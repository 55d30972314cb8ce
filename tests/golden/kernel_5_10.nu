ebpf attach --emit-c --no-upgrade --kernel 5.10 'kretprobe:vfs_{read,write}' {|ctx|
    for i in 1..$ctx.entry.arg2 { $i | sum --as sizes }
    {func: $ctx.func, long: ($ctx.elapsed > 1ms), parent: $ctx.task.real_parent.tgid} | count
}
