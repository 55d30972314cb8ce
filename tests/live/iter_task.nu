# kernels: iterators
# expect: [true, true, true, 2, []]
# Every thread, as /proc has them, but for those of the first process, which some machines hide from BPF. A null is no row.
let threads = {|| glob /proc/*/task/* | where $it !~ '^/proc/1/' | path basename | where $it =~ '^\d+$' | into int }
let before = do $threads
let rows = ebpf iter task {|ctx| {pid: $ctx.task.pid, tgid: $ctx.task.tgid, comm: $ctx.task.comm} }
let own = ebpf iter task {|ctx| if $ctx.task.pid == $ctx.task.tgid { {pid: $ctx.task.pid, ppid: $ctx.task.real_parent.tgid} } }
let after = do $threads
let stayed = $before | where $it in $after
let ps = ps -l | select pid ppid | where pid in $stayed
[
    (($stayed | all {|pid| $pid in $rows.pid }) and ($stayed | length) > 20)
    (($ps | all {|row| $row in $own }) and ($ps | length) < ($rows | length))
    (($rows | where pid == $nu.pid | get 0.comm) == (open --raw $"/proc/($nu.pid)/comm" | str trim))
    (ebpf iter task {|ctx| $ctx.task.pid } | first 2 | length)
    (ebpf list)
]
