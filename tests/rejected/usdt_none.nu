ebpf attach --emit-c 'usdt:libc:libc:setjmp' {|ctx| $ctx.arg0 | emit }
