# needs: kprobes
# expect: [/dev/null, /dev/null]
# The fourth argument lies elsewhere in a system call than in a function.
let id = ebpf attach --comm trigger 'ksyscall:openat' {|ctx| if $ctx.arg3 == 81 { $ctx.arg1 | read-str | emit } }
^$env.TRIGGER open 2 /dev/null
ebpf trace $id
