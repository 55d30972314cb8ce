# needs: kprobes
# expect: [true, true]
# What is offered instead of a function that is not there can be probed: no program of ours, no padding before functions.
let running = ebpf attach 'kprobe:vfs_read' {|ctx| count }
let help = ['vfs_raed' 'vfs_read_probe' '__pfx_vfs_read' 'nu_vfs_read_probe'] | each {|name|
    try { ebpf attach $"kprobe:($name)" {|ctx| count }; '' } catch {|error| $error.details.help }
}
[($help.0 has 'vfs_read') ($help | all {|text| 'bpf_prog_' not-in $text and '`__pfx_' not-in $text })]
