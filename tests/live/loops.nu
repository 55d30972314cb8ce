# kernels: a loop is a call of a helper, or bounded
# expect: {kernel: [[n, k, s, odd, at]; [0, none, x, 0, [0, 0]], [1, some, x, 1, [0, 1]], [3, some, yz, 2, [0, 3]], [7, some, yz, 3, [1, 2]], [1000, some, yz, 6, none]], same: true}
# What a turn leaves to the next and to what follows is not what the verifier has seen of one turn: kernels before 6.7
# walk a turn once, and would take the tests behind it for decided.
def search [wanted: int] {
    for i in 0..3 { for j in 0..3 { if $i * 5 + $j == $wanted { return [$i $j] } } }
    "none"
}

let closure = {|ctx|
    mut n = 0
    mut k = 0
    mut s = "x"
    for i in 0..<$ctx.arg0 {
        if $k == 5 and $i < 3 { $s = "yz" }
        $n += 1
        $k = 5
    }
    mut rest = $ctx.arg0
    mut odd = 0
    while $rest > 0 {
        if $rest mod 2 == 1 { $odd += 1 }
        $rest = $rest // 2
    }
    let k = if $k == 0 { "none" } else if $k == 5 { "some" } else { "wrong" }
    {n: $n, k: $k, s: $s, odd: $odd, at: (search $ctx.arg0)} | emit
}
let records = [[arg0]; [0] [1] [3] [7] [1000]]
let kernel = $records | ebpf run $closure | get rows | flatten
let nushell = $records | each {|record| do $closure $record }
{kernel: $kernel, same: ($kernel == $nushell)}
