# needs: kprobes
# expect: [[count]; [9]]
# A call that nobody waits in: what a kernel does to tasks inside a probed call when the probe goes is not ours to test.
let id = ebpf attach --comm trigger 'kretprobe:sys_getpid' {|ctx| if $ctx.retval == $ctx.tgid { count } }
^$env.TRIGGER getpid 9
ebpf counters $id
