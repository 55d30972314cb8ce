ebpf iter --emit-c task_file {|ctx| $ctx.file.f_path.dentry.d_name }
