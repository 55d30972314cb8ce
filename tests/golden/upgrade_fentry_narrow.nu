# Of an enum's register only what is declared: by its name.
ebpf attach --emit-c 'kprobe:kernel_sock_shutdown' {|ctx| $ctx.args.how | count }
