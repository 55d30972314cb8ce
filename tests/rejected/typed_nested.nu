ebpf attach --emit-c 'uprobe:./program.so:handle' {|ctx| $ctx.args.request.host | emit }
