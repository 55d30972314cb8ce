def sum [numbers: list<int>] { $numbers | math sum }
ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    let last = if $ctx.pid > 1 { 1 } else { 'none' }
    sum [$ctx.pid $last] | emit
}
