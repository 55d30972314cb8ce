# expect: [true, "ebpf::target::symbol", true]
# realpath is there for old programs and for new ones: the latter is meant. Where one of several is missing, none is attached.
let one = ebpf attach [$"uprobe:($env.TRIGGER):trigger_add" 'uprobe:libc:realpath'] {|ctx| $ctx.func | count }
let none = try { ebpf attach [$"uprobe:($env.TRIGGER):trigger_add" $"uprobe:($env.TRIGGER):trigger_ad"] {|ctx| $ctx.func | count } } catch {|error| $error.details.code }
# The kernel takes no instruction that locks the bus, with which pthread_spin_lock begins: patterns leave it out.
let fit = ebpf attach --comm trigger 'uprobe:libc:pthread_spin_*' {|ctx| $ctx.func | count }
[((ebpf list | where id == $one | get 0.places) == 2) $none ((ebpf list | where id == $fit | get 0.places) > 2)]
