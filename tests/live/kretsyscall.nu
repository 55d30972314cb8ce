# needs: kprobes
# expect: [-2]
let id = ebpf attach --comm trigger 'kretsyscall:openat' {|ctx| if $ctx.retval == -2 { $ctx.retval | emit } }
^$env.TRIGGER open 1 /no/such/file
ebpf trace $id | uniq
