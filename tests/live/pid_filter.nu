# expect: [true, true]
let id = ebpf attach --pid $nu.pid 'tracepoint:raw_syscalls/sys_enter' {|ctx| {process: $ctx.tgid, comm: $ctx.comm} | emit }
^$env.TRIGGER kill0 10
let rows = ebpf trace $id
[(($rows | get process | uniq) == [$nu.pid]) ("trigger" not-in ($rows | get comm))]
