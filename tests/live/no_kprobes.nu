# needs: no-kprobes
# expect: ["ebpf::machine::kprobes", "ebpf::machine::kprobes", [true, true], 0]
# This machine's kernel is built without them; the kind is told as it was written.
let code = {|error| $error.details.code }
let first = try { ebpf attach 'kprobe:vfs_read' {|ctx| count } } catch $code
let second = try { ebpf attach 'kretprobe:sys_read' {|ctx| count } } catch $code
let told = try { ebpf attach 'kretprobe:sys_read' {|ctx| count } } catch {|error| $error.msg }
let listed = try { ebpf probes 'kprobe:sys_*' } catch {|error| $error.msg }
[$first $second [($told has 'which kretprobe needs') ($listed has 'which kprobe needs')] (ebpf list | length)]
