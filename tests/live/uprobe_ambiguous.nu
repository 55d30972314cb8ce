# expect: ["ebpf::target::symbol", true, "ebpf::target::symbol", true]
# Two functions of one name: none of them is meant. realpath is there for old programs and for new ones.
let read = {|error| $error.details | select code help }
let one = try { ebpf attach [$"uprobe:($env.TRIGGER):trigger_add" 'uprobe:libc:realpath'] {|ctx| $ctx.func | count } } catch $read
let none = try { ebpf attach [$"uprobe:($env.TRIGGER):trigger_add" $"uprobe:($env.TRIGGER):trigger_ad"] {|ctx| $ctx.func | count } } catch $read
# The kernel takes no instruction that locks the bus, with which pthread_spin_lock begins: patterns leave it out.
let fit = ebpf attach --comm trigger 'uprobe:libc:pthread_spin_*' {|ctx| $ctx.func | count }
[$one.code ($one.help has 'offset') $none.code ((ebpf list | where id == $fit | get 0.places) > 2)]
