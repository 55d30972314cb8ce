ebpf attach --emit-c 'interval:s:1' {|ctx| $ctx.comm | count }

# corrected: ebpf attach --emit-c 'interval:1sec' {|ctx| $ctx.comm | count }
