# expect: [a, "the longer of the two"]
let id = ebpf attach --comm trigger 'tracepoint:raw_syscalls/sys_enter' {|ctx|
    let word = if $ctx.id == 39 { "a" } else { "the longer of the two" }
    if $ctx.id == 39 or $ctx.id == 62 { $word | emit }
}
^$env.TRIGGER getpid 1; ^$env.TRIGGER kill0 1
ebpf trace $id | uniq
