# kernels: the kernel takes the stack
# expect: [[n, names]; [5, [trigger_c, trigger_b, trigger_a]], [2, [trigger_c, trigger_z, main]]]
# At a function's entry, before it has a frame of its own: its caller is there all the same.
let id = ebpf attach $"uprobe:($env.TRIGGER):trigger_c" {|ctx| 1 | sum --by $ctx.ustack }
^$env.TRIGGER stack 5 2
ebpf stacks $id | each {|row| {n: $row.sum, names: ($row.key.function | first 3)} }
