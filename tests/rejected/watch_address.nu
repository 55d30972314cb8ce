ebpf attach --emit-c 'watchpoint:main:8:x' {|ctx| $ctx.ip | emit }
