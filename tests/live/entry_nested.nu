# kernels: what a return remembers of its entry lies in task storage, or in a hash
# expect: [[8, 8, true, 0], [8, 4]]
# A thread inside of one function several times: each return finds its own entry; of more than eight, the others are counted.
def nested [depth: int] {
    let id = ebpf attach $"uretprobe:($env.TRIGGER):trigger_nest" {|ctx|
        {same: ($ctx.entry.arg0 == $ctx.retval), took: $ctx.elapsed} | emit
    }
    ^$env.TRIGGER nest $depth
    let rows = ebpf trace $id
    let unmatched = ebpf list | where id == $id | get unmatched.0
    ebpf detach $id
    {rows: $rows, unmatched: $unmatched}
}
let eight = nested 8
# The outer a call, the longer it takes.
let grows = ($eight.rows.took | sort) == $eight.rows.took
let twelve = nested 12
[[($eight.rows | length) ($eight.rows | where same | length) $grows $eight.unmatched] [($twelve.rows | where same | length) $twelve.unmatched]]
