# expect: [[error, code]; [operator_overflow, "$ctx.arg0 + 1"], [division_by_zero, "10 // $ctx.arg0"], [shift_overflow, "1 bit-shl $ctx.arg0"], [type_mismatch, "str length"], [cant_convert, "into int"], [column_not_found, "$r.a"], [access_beyond_end, "$l.1"], [loop_limit, "$n"], [not_ascii, "str uppercase"], [error_made, "error make {msg: 'x'}"], [null, null]]
# Every kind of run-time error, by name, with the closure's words.
let closures = [
    {|ctx| $ctx.arg0 + 1 | emit }
    {|ctx| 10 // $ctx.arg0 | emit }
    {|ctx| 1 bit-shl $ctx.arg0 | emit }
    {|ctx| $ctx.arg0 | read-str --len 8 | str length | emit }
    {|ctx| $ctx.arg0 | read-str --len 8 | into int | emit }
    {|ctx| let r = if $ctx.arg0 > 0 { {b: 1} } else { {a: 1} }; $r.a | emit }
    {|ctx| let l = if $ctx.arg0 > 0 { [1] } else { [1 2] }; $l.1 | emit }
    {|ctx| mut n = 0; while $n < $ctx.arg0 { $n += 1 }; $n | emit }
    {|ctx| $ctx.arg0 | read-str --len 8 | str uppercase | emit }
    {|ctx| if $ctx.arg0 > 0 { error make {msg: 'x'} }; 1 | emit }
    {|ctx| $ctx.arg0 | emit }
]
let arguments = [9223372036854775807 0 64 null x 1 1 5000 größe 1 1]
$closures | zip $arguments | each {|it| [{arg0: $it.1}] | ebpf run $it.0 | get 0 | select error code }
