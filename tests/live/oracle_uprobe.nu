# expect: []
# Nushell is the oracle, on a function's real arguments: tests/oracle has many more closures, without a probe.
let closures = {
    arithmetic: {|ctx| {sum: ($ctx.arg0 + $ctx.arg1), product: ($ctx.arg0 * $ctx.arg1), rest: ($ctx.arg0 mod $ctx.arg1), floor: ($ctx.arg0 // $ctx.arg1)} | emit }
    bits: {|ctx| {and: ($ctx.arg0 bit-and $ctx.arg1), or: ($ctx.arg0 bit-or $ctx.arg1), left: ($ctx.arg0 bit-shl $ctx.arg1), right: ($ctx.arg0 bit-shr $ctx.arg1)} | emit }
    compare: {|ctx| {eq: ($ctx.arg0 == $ctx.arg1), lt: ($ctx.arg0 < $ctx.arg1), ge: ($ctx.arg0 >= $ctx.arg1)} | emit }
    mixed: {|ctx| ((($ctx.arg0 bit-and 255) * 3 - ($ctx.arg1 mod 10)) // 2) bit-xor (($ctx.arg0 bit-shr 8) bit-and 15) | emit }
    branches: {|ctx| let top = if $ctx.arg0 > $ctx.arg1 { $ctx.arg0 } else { $ctx.arg1 }; mut n = 1; if $top == $ctx.arg0 { $n += 1 }; {top: $top, n: ($n * 2), neg: (if $top < 0 { true } else { false })} | emit }
    returns: {|ctx| if $ctx.arg0 < 0 { return }; if $ctx.arg1 == 3 { {a: 1} | emit } else { if $ctx.arg0 > 100 { return }; {b: $ctx.arg1} | emit } }
}
let pairs = [[arg0 arg1]; [1 2] [-5 3] [20 -1] [101 -8] [101 8] [6 3] [9223372036854775807 0] [-9223372036854775808 -1] [4294967295 63] [3037000500 3037000500] [0 0]]
let arguments = $pairs | each { values } | flatten | each { into string }
let check = {|name: string, closure: closure|
    let wanted = $pairs | each {|pair| try { [(do $closure $pair)] } catch { "error" } }
    let id = ebpf attach --comm trigger $"uprobe:($env.TRIGGER):trigger_add" $closure
    ^$env.TRIGGER pairs ...$arguments
    let came = ebpf trace $id
    let errors = ebpf list | where id == $id | get 0.errors
    ebpf detach $id
    # A closure that returned early gave null, and no row.
    let rows = $wanted | where $it != error and $it != [null] | flatten
    if $came == $rows and $errors == ($wanted | where $it == error | length) { [] } else { [{name: $name, came: $came, wanted: $wanted}] }
}
$closures | transpose name closure | each {|row| do $check $row.name $row.closure } | flatten
