# needs: kprobes
# expect: [{vfs_read: 3}, {"kretprobe:vfs_read": 3}, true]
# Many functions: by one link where the kernel has it, else by one each.
let many = ebpf attach --comm trigger 'kprobe:vfs_{read,write}*' {|ctx| if $ctx.arg2 == 1 { {func: $ctx.func, bytes: $ctx.arg2} | emit } }
let both = ebpf attach --comm trigger {'kprobe:vfs_read': {|ctx| {probe: 'entry', bytes: $ctx.arg2} | emit }, 'kretprobe:vfs_{read,write}': {|ctx| if $ctx.retval == 1 { {probe: $ctx.probe, bytes: 1} | emit } }}
^$env.TRIGGER read 3
let of = {|id, name| ebpf trace $id | where bytes == 1 and ($it | get $name) != 'entry' | get $name | uniq --count | each {|row| {$row.value: $row.count} } | into record }
[(do $of $many func) (do $of $both probe) ((ebpf list | get 0.places) > 2)]
