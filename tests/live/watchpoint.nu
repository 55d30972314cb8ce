# needs: watchpoints
# expect: [[[at, count]; [true, 3]], 6, 4, 0, [["ebpf::target::event", true], ["ebpf::target::event", true]]]
# Without random places, a variable is where the linker has it, beyond where programs begin. (TCG, which the other
# lanes' processor is, watches nothing.)
let of = {|name| let at = ^nm $env.TRIGGER | lines | where $it ends-with $" ($name)" | first | split row ' ' | first; ($at | into int --radix 16) + 0x555555554000 }
let watched = do $of trigger_watched
let kind = {|at, access| $"watchpoint:($at):8:($access)" }
let writes = ebpf attach --comm trigger (do $kind $watched w) {|ctx| {at: ($ctx.addr == $watched)} | count }
let all = ebpf attach --comm trigger (do $kind $watched rw) {|ctx| count }
let calls = ebpf attach --comm trigger (do $kind (do $of trigger_add) x) {|ctx| if $ctx.ip == $ctx.addr { count } }
let none = ebpf attach --pid $nu.pid (do $kind $watched w) {|ctx| count }
^setarch --addr-no-randomize $env.TRIGGER watch 3; ^setarch --addr-no-randomize $env.TRIGGER call 4 1 2
let read = {|error| [$error.details.code ($error.details.help has 'detach' or $error.details.help has 'x86')] }
let fifth = try { ebpf attach (do $kind 8 w) {|ctx| count } } catch $read
let others = ebpf counters $none | get count.0
ebpf detach $none | ignore
let short = try { ebpf attach $'watchpoint:(do $of trigger_add):1:x' {|ctx| count } } catch $read
[(ebpf counters $writes | select at count) (ebpf counters $all | get count.0) (ebpf counters $calls | get count.0) $others [$fifth $short]]
