# needs: kprobes
# expect: [30, [timer, hist], [trigger, 30]]
# The README's example: a timer of a function's entry, a histogram at its return.
$env.NU_EBPF_BPFFS = '/nowhere'
ebpf attach --pin reads --comm trigger 'kprobe:vfs_read' {|ctx| start-timer; if $ctx.arg2 == 1 { $ctx.comm | count } }
let id = ebpf attach --pin reads --comm trigger 'kretprobe:vfs_read' {|ctx| let took = stop-timer; if $ctx.retval == 1 { $took | hist --by $ctx.comm } }
^$env.TRIGGER read 30
let came = [(ebpf histogram $id | get count | math sum) (ebpf list --pins | get kind | where $it != count) (ebpf counters --pin reads | values | flatten)]
ebpf unpin reads
$came
