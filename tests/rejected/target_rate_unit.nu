ebpf attach --emit-c 'interval:1s' {|ctx| count }

# corrected: ebpf attach --emit-c 'interval:1sec' {|ctx| count }
