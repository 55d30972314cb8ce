# expect: [6, [[error, code, line]; [operator_overflow, "$ctx.arg0 - $ctx.arg1", 4], [shift_overflow, "$ctx.arg1 bit-shl $ctx.arg0", 3], [division_by_zero, "$ctx.arg0 mod $ctx.arg1", 2], [operator_overflow, "$ctx.arg0 + 1", 2]], true, [8]]
# The last run-time errors, newest first, each with its kind, its time and the closure's words.
let id = ebpf attach $"uprobe:($env.TRIGGER):trigger_add" {|ctx|
    let rest = ($ctx.arg0 + 1) + ($ctx.arg0 mod $ctx.arg1)
    let shifted = $ctx.arg1 bit-shl $ctx.arg0
    ($ctx.arg0 - $ctx.arg1) + $rest + ($shifted - $shifted) | emit
}
let begin = date now
^$env.TRIGGER call 3 9223372036854775807 1; ^$env.TRIGGER call 1 7 0; ^$env.TRIGGER call 1 64 5
^$env.TRIGGER call 1 1 -9223372036854775807; ^$env.TRIGGER call 1 7 7
let last = ebpf list --errors
let in_time = $last | all {|failed| $failed.time > $begin - 1sec and $failed.time < (date now) + 1sec }
[(ebpf list | get errors.0) ($last | uniq-by error code | select error code line) $in_time (ebpf trace $id)]
