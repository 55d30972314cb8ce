# kernels: links of the kernel
# expect: [true, true]
# Pages that are written to for the first time, each; one of a hundred; and the address is that of one.
let id = ebpf attach --comm trigger 'software:minor-faults' {|ctx| if $ctx.addr != 0x0 { count } }
let some = ebpf attach --comm trigger 'software:page-faults:100' {|ctx| count }
^$env.TRIGGER touch 2000
let all = (ebpf counters $id).0.count
let hundredth = (ebpf counters $some).0.count
[($all >= 2000 and $all < 2500) ($hundredth >= 19 and $hundredth <= 26)]
