# expect: [[name, upper, upper_trimmed, kept, wide]; [/nonexist, /NONEXIST, /NONEXIST, /nonexist, /nonexist], [/nonexiste, /NONEXISTE, /NONEXISTE, /nonexiste, /nonexiste], [/nonexiste…, /NONEXISTE…, /NONEXISTE…, /nonexiste…, /nonexiste…]]
# A string of one byte less than --len, of as many, and of one more, which is cut: so is what is made of it, wherever it is kept.
let id = ebpf attach --comm talker 'tracepoint:syscalls/sys_enter_execve' {|ctx|
    let name = $ctx.filename | read-str --len 10
    mut wide = "a constant with more room than the name has"
    if $ctx.pid > 0 { $wide = $name }
    {name: $name, upper: ($name | str uppercase), upper_trimmed: ($name | str uppercase | str trim), kept: ($name | str trim), wide: $wide} | emit
}
for name in [/nonexist /nonexiste /nonexisten] { ^$env.TALKER exec $name }
ebpf trace $id | where name starts-with /nonexist | first 3
