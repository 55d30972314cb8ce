# kernels: the kernel takes the stack
# expect: [true, [[key, count]; ["99hz", true]]]
# A second of processor time, 99 times a second on each processor.
let id = ebpf attach --comm trigger 'profile:99hz' {|ctx| count; $ctx.func | count --as func }
^$env.TRIGGER spin 1000
let samples = (ebpf counters $id --as count).0.count
[($samples > 60 and $samples < 140) (ebpf counters $id --as func | update count {|row| $row.count == $samples })]
