# expect: [4, 10, 6, "ebpf::option", [5, 15, 15]]
# Clearing is each probe's own view of what is shared.
$env.NU_EBPF_BPFFS = '/nowhere'
let one = ebpf attach --pin calls --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count }
let two = ebpf attach --pin calls --comm trigger 'tracepoint:syscalls/sys_enter_kill' {|ctx| count }
^$env.TRIGGER getpid 4
let first = (ebpf counters $one --clear).count.0
^$env.TRIGGER kill0 6
let second = [(ebpf counters $two).count.0 (ebpf counters $one --clear).count.0]
let code = try { ebpf counters --pin calls --clear } catch {|error| $error.details.code }
^$env.TRIGGER getpid 5
[$first] ++ $second ++ [$code [(ebpf counters $one).count.0 (ebpf counters $two).count.0 (ebpf counters --pin calls).count.0]]
