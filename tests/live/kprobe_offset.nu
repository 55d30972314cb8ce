# needs: kprobes
# expect: [3, vfs_read, ["ebpf::target::function", true]]
# An instruction of a function: behind the entry's 5 bytes for tracing, and those that mark where a jump may go to.
let at = {|offset| ebpf attach --comm trigger $"kprobe:vfs_read+($offset)" {|ctx| $ctx.func | count } }
let id = try { do $at 9 } catch { do $at 5 }
^$env.TRIGGER read 0; let before = ebpf counters $id | get count | math sum
^$env.TRIGGER read 3
let none = try { do $at 1 } catch {|error| [$error.details.code ("instruction" in $error.rendered)] }
[((ebpf counters $id | get count | math sum) - 2 * $before) (ebpf counters $id | get 0.key) $none]
