# expect: [2, 2, 2, [main, trigger_a], 7, "ebpf::target::binary", 2]
# A probe is in the file, not at its path: what takes its place there is another program, and what was counted stays, with
# its symbols, when the file is gone.
cp $env.TRIGGER old
let target = $"uprobe:($env.PWD)/old:trigger_add"
let id = ebpf attach $target {|ctx| $ctx.arg0 | count }
let stacks = ebpf attach $"uprobe:($env.PWD)/old:trigger_c" {|ctx| $ctx.ustack | count }
^./old call 2 1 2
^./old stack 1 0
cp $env.TRIGGER new
mv --force new old
^./old call 7 1 2
let after = ebpf counters $id | get 0.count
let anew = ebpf attach $target {|ctx| count }
^./old call 7 1 2
rm old
let removed = ebpf counters $id | get 0.count
let names = ebpf counters $stacks | get 0.key | get function | where $it in [trigger_a main] | uniq | sort
let missing = try { ebpf attach $target {|ctx| count } } catch {|error| $error.details.code }
let counted = ebpf counters $anew | get 0.count
[$after $removed (ebpf detach $id | get count.0.count) $names $counted $missing (ebpf list | length)]
