# expect: ["the answer to it"]
let id = ebpf attach $"uretprobe:($env.TRIGGER):trigger_greet" {|ctx| $ctx.retval | read-str | emit }
^$env.TRIGGER greet 1 hello
ebpf trace $id
