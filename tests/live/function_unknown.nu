# needs: no-kprobes
# expect: [[[code, label, helps]; ["ebpf::target::function", "fentry:vfs_raed", true], ["ebpf::target::function", "fentry:vfs_raed", true], ["ebpf::target::function", "fexit:vfs_raed", true], ["ebpf::target::function", "kprobe:vfs_raed", true]], 0]
# What is misspelt is the function, whatever the closure wants of it; and the label is on its words.
let told = {|error|
    let at = $error.details.labels.0.span
    {code: $error.details.code, label: (view span $at.start $at.end | str trim -c "'"), helps: ('`vfs_read`' in $error.details.help)}
}
let all = [
    (try { ebpf attach 'fentry:vfs_raed' {|ctx| count } } catch $told)
    (try { ebpf attach 'fentry:vfs_raed' {|ctx| $ctx.args.count | count } } catch $told)
    (try { ebpf attach 'fexit:vfs_raed' {|ctx| $ctx.retval | count } } catch $told)
    (try { ebpf attach 'kprobe:vfs_raed' {|ctx| $ctx.args.count | count } } catch $told)
]
[$all (ebpf list | length)]
