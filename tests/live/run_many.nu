# needs: speed
# expect: [true, true]
# A record costs a system call or two: thousands are no matter.
let closure = {|ctx| if $ctx.arg0 mod 2 == 1 { {x: ($ctx.arg0 * 3), text: ($ctx.arg1 | read-str)} | emit } else { 0 | emit } }
let records = 0..4999 | each {|i| {arg0: $i, arg1: $"text ($i)"} }
let begin = date now
let came = $records | ebpf run $closure
let took = (date now) - $begin
[(($came | get rows | flatten) == ($records | each {|it| do $closure $it })) ($took < 5sec)]
