# expect: [["trigger opens /etc/trigger.conf", "trigger opens /etc/trigger.conf"], [[key, count]; [size, 5], [other, 3], [none, 2]], [25, null]]
# The README's examples of the language.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let file = $ctx.filename | read-str
    if $file != null and $file =~ '^/etc/.*\.conf$' and $ctx.mode == 81 { $"($ctx.comm) opens ($file)" | emit }
}
^$env.TRIGGER open 2 /etc/trigger.conf; ^$env.TRIGGER open 1 /etc/trigger.txt
let sizes = ebpf attach $"uprobe:($env.TRIGGER):trigger_add" {|ctx|
    match $ctx.arg0 { 0 => 'none', 1..4095 => 'size', _ => 'other' } | count
}
^$env.TRIGGER call 2 0 1; ^$env.TRIGGER call 5 4095 1; ^$env.TRIGGER call 3 -1 1
def percent [part: int, whole: int] { try { $part * 100 // $whole } catch { null } }
let percents = [[arg0 arg1]; [1 4] [1 0]] | ebpf run {|ctx| percent $ctx.arg0 $ctx.arg1 | emit } | get rows | flatten
[(ebpf trace $id) (ebpf counters $sizes) $percents]
