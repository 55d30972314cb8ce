# lanes: host vm-6.1 vm-6.12
# expect: ["ebpf::target::symbol", true, "ebpf::target::symbol"]
# Two functions of one name: none of them is meant. realpath is there for old programs and for new ones.
let read = {|error| $error.details | select code help }
let one = try { ebpf attach [$"uprobe:($env.TRIGGER):trigger_add" 'uprobe:libc:realpath'] {|ctx| $ctx.func | count } } catch $read
let none = try { ebpf attach [$"uprobe:($env.TRIGGER):trigger_add" $"uprobe:($env.TRIGGER):trigger_ad"] {|ctx| $ctx.func | count } } catch $read
[$one.code ($one.help has 'offset') $none.code]
