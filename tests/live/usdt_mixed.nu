# expect: [[[number, real, text, at]; [0, null, "a word", mixed], [1, null, "a word", mixed]], [2, 2]]
# An argument that is a float is null; those before and behind it are right. libbpf refuses such a probe.
let mixed = $"usdt:($env.TRIGGER):trigger:mixed"
let id = ebpf attach $mixed {|ctx|
    {number: $ctx.arg0, real: $ctx.arg1, text: ($ctx.arg2 | read-str), at: $ctx.func} | emit
}
let counts = ebpf attach [$mixed $"usdt:($env.TRIGGER):trigger:work"] {|ctx| $ctx.func | count }
^$env.TRIGGER usdt 2 'a word'
[(ebpf trace $id) (ebpf counters $counts | sort-by key).count]
