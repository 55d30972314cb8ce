# expect: [[[name, module, args]; [done, trigger, ["s64"]], [mixed, trigger, ["s32", "f64", "u64"]], [twice, trigger, ["s64"]], [work, trigger, ["s32", "u64", "u8", "s16"]]], true, [work], [["ebpf::target::symbol", true], ["ebpf::target::symbol", true]]]
let all = ebpf probes $"usdt:($env.TRIGGER):*"
let near = {|error| [$error.details.code ($error.details.help has 'trigger:work' or $error.details.help has 'uprobe')] }
let word = try { ebpf attach $"usdt:($env.TRIGGER):trigger:wrok" {|ctx| count } } catch $near
let none = try { ebpf attach 'usdt:libc:trigger:work' {|ctx| count } } catch $near
[($all | select name module args) ($all.0.probe == $"usdt:($env.TRIGGER):trigger:done") (ebpf probes $"usdt:($env.TRIGGER):trigger:w*").name [$word $none]]
