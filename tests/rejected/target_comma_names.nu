ebpf attach --emit-c 'a,b' {|ctx| $ctx.comm | count }

# corrected: ebpf attach --emit-c ['kprobe:a' 'kprobe:b'] {|ctx| $ctx.comm | count }
