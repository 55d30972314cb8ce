# needs: kprobes
# expect: [[arg, ret, count]; [1, 1, 40]]
let id = ebpf attach --comm trigger 'kretsyscall:read' {|ctx|
    if $ctx.entry.arg2 == 1 and $ctx.elapsed > 0sec { {arg: $ctx.entry.arg2, ret: $ctx.retval} | count }
}
^$env.TRIGGER read 40
ebpf counters $id
