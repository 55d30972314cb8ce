ebpf attach --emit-c 'uprobe:./program.so:handle' {|ctx| {request: ($ctx.arg0 | cast 'struct request')} | emit }
