# needs: kprobes
# expect: [[kprobe, true, true], [kprobe, [[key, count]; [0, 20]]], fentry]
# What the kernel does not take underneath is attached as it is written: a function that it denies to trampolines, an
# address that it lets no trampoline's program compute with.
# Linux 7.0 has the compiler put the first in place.
let function = if ((sys host).kernel_version | split row . | first | into int) < 7 { 'migrate_disable' } else { '__rcu_read_lock' }
let denied = ebpf attach $"kprobe:($function)" {|ctx| count }
let bits = ebpf attach --comm trigger 'kprobe:vfs_read' {|ctx| if $ctx.arg2 == 1 { $ctx.arg0 bit-and 7 | count } }
^$env.TRIGGER read 20
let by = ebpf list | get underneath
let why = (ebpf attach --dry-run $"kprobe:($function)" {|ctx| count }).underneath.why
[[$by.0 ((ebpf counters $denied | get 0.count) > 0) ($why | str starts-with "the kernel")] [$by.1 (ebpf counters $bits)] (ebpf attach --dry-run 'kprobe:vfs_read' {|ctx| count }).underneath.by]
