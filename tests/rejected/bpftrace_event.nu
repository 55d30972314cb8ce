ebpf attach --emit-c 'software:faults:100' {|ctx| $ctx.comm | count }

# corrected: ebpf attach --emit-c 'software:page-faults:100' {|ctx| $ctx.comm | count }
