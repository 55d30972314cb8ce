ebpf attach --emit-c 'kprobe:btrfs:btrfs_sync_file' {|ctx| $ctx.args.file.f_mode | count }
