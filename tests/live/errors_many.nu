# expect: [200, 16, [[code]; ["$ctx.arg0 // $ctx.arg1"]], true]
# Each processor remembers 16 errors; all are counted. What is remembered is what `error make` takes.
let id = ebpf attach $"uprobe:($env.TRIGGER):trigger_add" {|ctx| $ctx.arg0 // $ctx.arg1 | emit }
^taskset -c 0 $env.TRIGGER call 200 1 0
let last = ebpf list --errors
let shown = try { error make ($last | first | get details) } catch {|e| $e.rendered }
[(ebpf list | get errors.0) ($last | length) ($last | select code | uniq) ($shown has "division by zero" and $shown has "{|ctx| $ctx.arg0 // $ctx.arg1 | emit }")]
