# expect: [[[asked, answer, next]; [-7, last, -8], [-7, last, -8]], [[id, name]; [0, hello], [1, hello]], [7, 7]]
# What a program's function returns, and was passed; of one that returns a large struct, its arguments come after the
# place for that. Memory is read as it is at the return.
let id = ebpf attach $"uretprobe:($env.TRIGGER):trigger_handle" {|ctx|
    {asked: $ctx.entry.args.priority, answer: $ctx.retval.name, next: $ctx.retval.id} | emit
}
let copies = ebpf attach $"uprobe:($env.TRIGGER):trigger_copy" {|ctx| {id: $ctx.args.id, name: $ctx.args.name} | emit }
let levels = ebpf attach $"uretprobe:($env.TRIGGER):trigger_handle" {|ctx| $ctx.entry.args.request.level | emit }
^$env.TRIGGER handle 2 hello
[(ebpf trace $id | first 2) (ebpf trace $copies | first 2) (ebpf trace $levels | first 2)]
