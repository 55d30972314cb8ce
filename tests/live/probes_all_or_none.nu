# expect: ["ebpf::target::symbol", 0, 0]
# The second is not there: so the first is not attached either.
let code = try { ebpf attach [$"uprobe:($env.TRIGGER):trigger_add" $"uprobe:($env.TRIGGER):no_such_function"] {|ctx| count } } catch {|error| $error.details.code }
^$env.TRIGGER call 1 1 2
[$code (ebpf list | length) (ebpf list --errors | length)]
