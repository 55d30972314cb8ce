# only: host (the limit is the same in every kernel)
# expect: [64, "ebpf::kernel::full", true, true, true]
# A tracepoint takes 64 programs. The next one is refused with that reason, and the advice can be followed.
let target = 'tracepoint:syscalls/sys_enter_sched_getaffinity'
let attached = 1..64 | each { ebpf attach $target {|ctx| count } }
let error = try { ebpf attach $target {|ctx| count } } catch {|error| $error.details }
let raw = try { ebpf attach 'raw_tracepoint:sys_enter' {|ctx| count } } catch { null }
$attached | first | ebpf detach $in | ignore
let again = try { ebpf attach $target {|ctx| count } } catch { null }
[($attached | length) $error.code ($error.msg has '64') ($raw != null) ($again != null)]
