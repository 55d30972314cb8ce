# kernels: links of the kernel
# expect: [-2, -2, -2]
let id = ebpf attach $"uretprobe:($env.TRIGGER):trigger_add" {|ctx| $ctx.retval | emit }
^$env.TRIGGER call 3 7 -9
ebpf trace $id
