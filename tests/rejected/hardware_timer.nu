ebpf attach --emit-c 'hardware:cycles' {|ctx| start-timer; stop-timer | histogram }
