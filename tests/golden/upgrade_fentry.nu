# `kprobe` by `fentry`: what is read of the context is another place, and as wide as it was.
ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    let file = $ctx.args.file
    if $ctx.arg2 > 4096 { {name: $file.f_path.dentry.d_name.name, probe: $ctx.probe, func: $ctx.func, buffer: $ctx.arg1} | emit }
}
