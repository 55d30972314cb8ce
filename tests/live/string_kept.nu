# expect: [/dev/null, /dev/null, short]
# A string in a variable is compared, emitted twice, and its padding is nobody's business.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let name = $ctx.filename | read-str --len 64
    if $name == "/dev/null" { [$name $name (if $ctx.mode == 81 { "short" } else { "much longer" })] | emit }
}
^$env.TRIGGER open 1 /dev/null
ebpf trace $id | first
