ebpf attach --emit-c 'watchpoint:0x1000:8:r' {|ctx| $ctx.ip | emit }
