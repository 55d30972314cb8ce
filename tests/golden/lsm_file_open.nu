ebpf attach --emit-c 'lsm:file_open' {|ctx| {name: $ctx.args.file.f_path.dentry.d_name.name, mode: $ctx.args.file.f_mode} | count }
