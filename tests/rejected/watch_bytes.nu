ebpf attach --emit-c 'watchpoint:0x1000:3:w' {|ctx| $ctx.ip | emit }
