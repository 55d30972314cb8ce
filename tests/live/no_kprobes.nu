# lanes: host
# expect: ["ebpf::machine::kprobes", "ebpf::machine::kprobes", 0]
# This machine's kernel is built without them.
let code = {|error| $error.details.code }
let first = try { ebpf attach 'kprobe:vfs_read' {|ctx| count } } catch $code
let second = try { ebpf attach 'kretprobe:sys_read' {|ctx| count } } catch $code
[$first $second (ebpf list | length)]
