ebpf attach --emit-c 'uprobe:./program.so:handle' {|ctx| ($ctx.arg0 | cast 'struct requst').id | emit }
