# shell: its own
# expect: [50, 50, 50, [[map, kind, keys, entries, probes]; [timer, timer, null, null, [1, 2]], [histogram, histogram, null, null, [2]]], "ebpf::pin::unknown", 60]
# A timer of one attach is stopped in another.
let folder = mktemp -d; ^mount -t bpf bpf $folder; $env.NU_EBPF_BPFFS = $folder
let begin = ebpf attach --pin calls --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| start-timer }
let end = ebpf attach --pin calls --comm trigger 'tracepoint:syscalls/sys_exit_getpid' {|ctx| stop-timer | histogram }
^$env.TRIGGER getpid 50
let all = {|table| $table.count | math sum }
let before = [(do $all (ebpf histogram $end)) (do $all (ebpf histogram --pin calls)) (do $all (ebpf histogram --pin calls --every 10ms | first 2 | last))]
let pins = ebpf list --pins | select map kind keys entries probes
ebpf unpin calls
let unknown = try { ebpf histogram --pin calls } catch {|error| $error.details.code }
# What is attached goes on with its maps.
^$env.TRIGGER getpid 10
let after = do $all (ebpf histogram $end)
^umount $folder; ^rmdir $folder
$before ++ [$pins $unknown $after]
