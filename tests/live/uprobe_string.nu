# expect: ["ünï \"code\"", "ünï \"code\""]
let id = ebpf attach $"uprobe:($env.TRIGGER):trigger_greet" {|ctx| $ctx.arg0 | read-str | emit }
^$env.TRIGGER greet 2 'ünï "code"'
ebpf trace $id
