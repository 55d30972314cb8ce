ebpf attach 'kprobe:vfs_read' {|ctx| if ($ctx.arg0 | ksym) == 'vfs_read' { count } }
