ebpf attach --emit-c 'profile:hz:99' {|ctx| $ctx.comm | count }

# corrected: ebpf attach --emit-c 'profile:99hz' {|ctx| $ctx.comm | count }
