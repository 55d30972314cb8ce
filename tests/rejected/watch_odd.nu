ebpf attach --emit-c 'watchpoint:0x1001:8:w' {|ctx| $ctx.ip | emit }
