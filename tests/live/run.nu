# kernels: the kernel runs programs for tests
# expect: [[rows, error, code]; [[[3, größe], great], null, null], [[[3, null]], null, null], [[], operator_overflow, "$ctx.arg0 + $ctx.arg11"]]
let big = 2
[[arg0 arg1 arg11]; [1 "größe" 2] [true null 2] [9223372036854775807 x 1]] | ebpf run {|ctx|
    let sum = $ctx.arg0 + $ctx.arg11
    let text = $ctx.arg1 | read-str
    [$sum $text] | emit
    if $sum > $big and $text != null { "great" | emit }
}
