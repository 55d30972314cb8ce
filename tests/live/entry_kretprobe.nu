# needs: kprobes
# expect: [[[func, asked, got, count]; [vfs_read, 1, 1, 250]], 250, 0]
# Several functions with one program: the entry is told by the function, where one link attaches to them all.
let id = ebpf attach --comm trigger ['kretprobe:vfs_read' 'kretprobe:vfs_write'] {|ctx|
    if $ctx.entry.arg2 == 1 { {func: $ctx.func, asked: $ctx.entry.arg2, got: $ctx.retval} | count }
}
let one = ebpf attach --comm trigger 'kretprobe:vfs_read' {|ctx| if $ctx.entry.arg2 == 1 { $ctx.elapsed | histogram } }
^$env.TRIGGER read 250
[(ebpf counters $id) (ebpf histogram $one | get count | math sum) (ebpf list | get unmatched | math sum)]
