# expect: ["ebpf::target::symbol", 0]
let error = try { ebpf attach $"uprobe:($env.TRIGGER):+0xffffffff" {|ctx| count } } catch {|error| $error.details }
[$error.code (ebpf list | length)]
