ebpf attach --emit-c ['kprobe:vfs_{read,write}*' 'tracepoint:syscalls/sys_enter_*kill' 'kretprobe:vfs_?????'] {|ctx|
    {probe: $ctx.probe, text: $"($ctx.func) of ($ctx.comm)"} | emit
    $ctx.func | count
}
