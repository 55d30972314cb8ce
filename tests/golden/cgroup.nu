ebpf attach --emit-c 'kretprobe:vfs_read' {|ctx| if $ctx.cgroup != 1 { {path: $ctx.cgroup_path, was: $ctx.entry.cgroup_path} | emit }; $ctx.cgroup_path | count }
