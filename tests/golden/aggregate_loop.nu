ebpf attach --emit-c --no-upgrade 'kprobe:vfs_read' {|ctx| for i in 1..$ctx.arg2 { $i | sum; $i | hist --by $ctx.pid } }
