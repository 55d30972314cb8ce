# needs: kprobes
# expect: [[[probe, kind, name, module]; ["kprobe:vfs_read", kprobe, vfs_read, kernel]], [kprobe, kretprobe, fentry, fexit], ["ksyscall:read", "ksyscall:write"], "ebpf::target::function", true]
let misspelt = try { ebpf probes 'kprobe:vfs_raed' } catch {|error| $error.details }
[
    (ebpf probes 'kprobe:vfs_read')
    (ebpf probes '*:vfs_read' | get kind)
    (ebpf probes 'kprobe:sys_{write,read}' | get probe)
    $misspelt.code
    ('`vfs_read`' in $misspelt.help)
]
