ebpf attach --emit-c 'watchpoint:0x1000:w' {|ctx| $ctx.ip | emit }
