# Objects for the cases of other kernels: `tests/live.rs` has them made by this machine's plugin, in the folder $env.OBJECTS.
cd $env.OBJECTS
let least = 3
ebpf compile --comm trigger 'tracepoint:syscalls/sys_{enter,exit}_getpid' {|ctx|
    {call: $ctx.func, least: $least, uid: $ctx.task.cred.uid.val} | emit
    $ctx.comm | count
    7 // ($ctx.pid - $ctx.pid) | sum
} --output tracepoint.o
ebpf compile --comm trigger $"uprobe:($env.TRIGGER):trigger_{add,greet}" {|ctx| $ctx.func | count } --output uprobe.o
ebpf compile --comm trigger 'kprobe:vfs_read' {|ctx|
    if $ctx.args.count == 1 { {name: $ctx.args.file.f_path.dentry.d_name.name, comm: $ctx.task.comm} | count }
} --output kprobe.o
ebpf compile --comm trigger 'fexit:vfs_read' {|ctx| if $ctx.args.count == 1 { $ctx.retval | stats } } --output fexit.o
ebpf compile --comm trigger 'raw_tracepoint:sched_process_exit' {|ctx| $ctx.args.p.comm | count } --output raw.o
ebpf compile 'raw_tracepoint:kfree_skb' {|ctx| $ctx.args.reason | count } --output enum.o
