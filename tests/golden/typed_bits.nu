ebpf attach --no-upgrade --emit-c 'kprobe:vfs_get_tree' {|ctx| {purpose: $ctx.args.fc.purpose, old: $ctx.args.fc.oldapi} | count }
