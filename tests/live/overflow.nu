# expect: [[9223372036854775806], 3]
# Where Nushell would raise an error, the event is skipped and counted.
let id = ebpf attach $"uprobe:($env.TRIGGER):trigger_add" {|ctx| $ctx.arg0 + $ctx.arg1 | emit }
^$env.TRIGGER call 3 9223372036854775807 1; ^$env.TRIGGER call 1 9223372036854775805 1
[(ebpf trace $id) (ebpf list | get errors.0)]
