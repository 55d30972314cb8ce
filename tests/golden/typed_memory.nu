ebpf attach --emit-c --no-upgrade 'kprobe:vfs_read' {|ctx|
    let buffer = $ctx.args.buf
    let file = $ctx.args.pos | cast 'struct file' --offset (-8)
    {
        first: ($buffer | cast '__u64' --user), inode: $file.f_inode.i_ino
        bytes: ($buffer | read-bytes $ctx.args.count --len 16)
        part: (if $ctx.args.count > 16 { $file | read-kernel-bytes 4 --offset 4 })
    } | emit
}
