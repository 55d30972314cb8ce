ebpf attach 'iter:task' {|ctx| count }
