# needs: kprobes
# expect: ["ebpf::target::function", true, "ebpf::target::function", true, 0]
let read = {|error| $error.details | select code help }
let function = try { ebpf attach 'kprobe:vfs_raed' {|ctx| count } } catch $read
let call = try { ebpf attach 'ksyscall:opennat' {|ctx| count } } catch $read
[$function.code ("vfs_read" in $function.help) $call.code ("openat" in $call.help) (ebpf list | length)]
