ebpf attach --emit-c 'uprobe:./program.so:handle+4' {|ctx| $ctx.args.request.id | emit }
