# expect: [[[field, type]; [ret, int], [comm, string], [elapsed, duration], ["entry.filename", address], ["entry.comm", string]], [[field, type]; [retval, int], ["entry.arg0", int]], string]
# What a return has of its entry can be asked for as it is written.
let named = {|fields| where field in $fields | select field type }
let call = ebpf fields 'tracepoint:syscalls/sys_exit_openat' | do $named [ret comm elapsed entry.filename entry.comm entry.probe]
let function = ebpf fields $"uretprobe:($env.TRIGGER):trigger_add" | do $named [retval entry.arg0]
[$call $function (ebpf fields 'tracepoint:sched/sched_switch' | where field == prev_comm | get 0.type)]
