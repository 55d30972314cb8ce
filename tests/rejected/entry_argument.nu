ebpf attach --emit-c 'uretprobe:libc:malloc' {|ctx| $ctx.arg0 | emit }
