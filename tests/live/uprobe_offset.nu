# expect: 4
let offset = ^nm $env.TRIGGER | lines | where $it ends-with " trigger_add" | first | split row " " | first
let id = ebpf attach $"uprobe:($env.TRIGGER):+0x($offset | str trim --left --char '0')" {|ctx| if $ctx.arg0 == 5 { count } }
^$env.TRIGGER call 4 5 6
ebpf counters $id | get count.0
