ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    match ([$ctx.arg0 $ctx.arg1 $ctx.arg2 $ctx.pid $ctx.tid] | where $it > 5) { [] => { 'none' | emit }, _ => { 'some' | emit } }
}
