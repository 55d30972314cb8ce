ebpf attach --emit-c 'kprobe:nosuchmod:nosuchmod_open' {|ctx| $ctx.args.file.f_mode | count }
