# expect: [[[value, count]; [a, 2], [b, 1]], [a, b]]
# Outside a closure, and on a list that is known, it is Nushell's own.
let outside = [a b a] | histogram | select value count
let id = ebpf attach 'tracepoint:syscalls/sys_enter_kill' {|ctx| [a b a] | histogram | get value | emit }
kill --signal 0 $nu.pid
let inside = ebpf trace $id
[$outside ($inside | first)]
