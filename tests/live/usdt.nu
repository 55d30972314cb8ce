# expect: [[[number, text, small, minus, at, func]; [0, "a word", 200, -3, true, work], [1, "a word", 200, -3, true, work]], [-1, 4294967296], [{number: int, minus: int}, ["s32", "u64", "u8", "s16"]]]
# The arguments are as wide and signed as the binary says; at two places, as wide as the widest.
let work = $"usdt:($env.TRIGGER):trigger:work"
let id = ebpf attach $work {|ctx|
    {number: $ctx.arg0, text: ($ctx.arg1 | read-str), small: $ctx.arg2, minus: $ctx.arg3, at: ($ctx.probe == $work), func: $ctx.func} | emit
}
let twice = ebpf attach $"usdt:($env.TRIGGER):trigger:twice" {|ctx| $ctx.arg0 | emit }
^$env.TRIGGER usdt 2 'a word'
let fields = ebpf fields $work
let types = {number: ($fields | where field == arg0 | get 0.type), minus: ($fields | where field == arg3 | get 0.type)}
[(ebpf trace $id) (ebpf trace $twice) [$types ($fields | where field =~ '^arg' | get kernel)]]
