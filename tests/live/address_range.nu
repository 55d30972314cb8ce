# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [1, [other, low]]
# An address is in a range as the int of its bits would be.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.mode == 81 {
        if $ctx.filename in 1..16 { count }
        match $ctx.filename { 0..<4096 => 'low', _ => 'other' } | emit
    }
}
^$env.TRIGGER open 1 /etc/hosts
^$env.TRIGGER badptr
[(ebpf counters $id | get 0.count) (ebpf trace $id)]
