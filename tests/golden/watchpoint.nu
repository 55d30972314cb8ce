ebpf attach --emit-c 'watchpoint:0x555555558010:8:w' {|ctx| {ip: $ctx.ip, address: $ctx.addr, at: $ctx.func} | emit }
