ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| if comm == "bash" { count } }

# corrected: ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| if $ctx.comm == "bash" { count } }
