ebpf attach --emit-c 'uprobe:./program.so:handle' {|ctx| $ctx.arg0 | cast 'struct request' | reject ratio | emit }
