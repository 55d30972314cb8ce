ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    {file: $ctx.arg0, bytes: $ctx.arg2, name: ($ctx.arg0 | read-kernel-str --len 16), last: $ctx.arg5} | emit
}
