ebpf attach --emit-c 'uprobe:./program.so:handle' {|ctx| ($ctx.arg0 | cast 'struct request in program.c #7').id | emit }
