# expect: [5, 5, 5, 5]
# A probe of one process: what it has counted can be read when that has gone, and its end is no error.
^mkfifo go
job spawn { ^sh -c 'echo $$ >id; read go <go; exec "$TRIGGER" call 5 1 2'; 'ended' | job send 0 }
# The shell that waits is the one that becomes the workload.
while (try { open id | str trim } catch { '' }) == '' {}
let process = open id | str trim | into int
let id = ebpf attach --pid $process $"uprobe:($env.TRIGGER):trigger_add" {|ctx| {first: $ctx.arg0} | count; $ctx.arg1 | emit }
# Another process is not counted.
^$env.TRIGGER call 3 1 2
"x\n" | save --raw --append go
job recv
[(ebpf counters $id | get 0.count) (ebpf trace $id | length) (ebpf list | get 0.events) (ebpf detach $id | get count.0.count)]
