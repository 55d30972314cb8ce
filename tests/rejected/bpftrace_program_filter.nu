ebpf attach --emit-c 'kprobe:vfs_read /pid == 5/ { printf("%d %s\n", pid, comm); }' {|ctx| $ctx.pid | emit }

# corrected: ebpf attach --emit-c -s 'kprobe:vfs_read' {|ctx| if $ctx.tgid == 5 { {tgid: $ctx.tgid, comm: $ctx.comm} | emit } }
