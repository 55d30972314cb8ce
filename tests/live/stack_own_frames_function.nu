# needs: kprobes
# expect: [[probe, first, own]; ["fentry:vfs_read", vfs_read, 0], ["fexit:vfs_read", true, 0], ["kprobe:vfs_read", vfs_read, 0]]
# Where a trampoline jumps to the function, that is no part of the stack at its return either (Linux 7.0).
# A trampoline and the program that it calls are no part of the stack of the function that it is in.
let own = '^(bpf_prog_|bpf_trace_run|bpf_trampoline_|__bpf_|__traceiter_|bpf_get_stack)'
['fentry:vfs_read' 'fexit:vfs_read' 'kprobe:vfs_read'] | each {|probe|
    let id = ebpf attach --no-upgrade --comm trigger $probe {|ctx| if $ctx.args.count == 1 { $ctx.kstack | count } }
    ^$env.TRIGGER read 3
    let stack = ebpf counters $id --detach | first | get key
    let first = $stack.0.function
    {probe: $probe, first: (if $probe has fexit { $first in [vfs_read ksys_read] } else { $first }), own: ($stack | where function =~ $own | length)}
}
