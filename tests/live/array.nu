# expect: [6, -100, 81, true]
let id = ebpf attach --comm trigger 'tracepoint:raw_syscalls/sys_enter' {|ctx|
    if $ctx.id == 257 and $ctx.args.args.3 == 81 { {all: $ctx.args.args, fourth: $ctx.args.args.3} | emit }
}
^$env.TRIGGER open 1 /dev/null
let row = ebpf trace $id | first
[($row.all | length) $row.all.0 $row.fourth ($row.all.3 == $row.fourth)]
