# expect: ["ebpf::target::symbol", true, 0]
let error = try { ebpf attach $"uprobe:($env.TRIGGER):triger_add" {|ctx| count } } catch {|error| $error.details }
[$error.code ($error.help | str contains "trigger_add") (ebpf list | length)]
