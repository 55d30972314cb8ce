# expect: [raw_tracepoint, "an event of this name was made by hand", true]
# An event that somebody has made by the name of one of the kernel's is another event: not even its error changes.
let events = ["/sys/kernel/tracing/uprobe_events" "/sys/kernel/debug/tracing/uprobe_events"] | where ($it | path exists) | first
let before = ebpf attach --dry-run 'tracepoint:sched/sched_process_hang' {|ctx| count }
$"p:nu_upgrade/sched_process_hang ($env.TRIGGER):0x1000\n" | save --append --raw $events
let made = 'tracepoint:nu_upgrade/sched_process_hang'
let after = ebpf attach --dry-run $made {|ctx| count }
let read = {|error| $error.details | select code help }
let errors = [(try { ebpf attach $made {|ctx| count } } catch $read) (try { ebpf attach --no-upgrade $made {|ctx| count } } catch $read)]
"-:nu_upgrade/sched_process_hang\n" | save --append --raw $events
[$before.underneath.by $after.underneath.why ($errors.0 == $errors.1)]
