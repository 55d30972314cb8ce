# kernels: what a return remembers of its entry lies in task storage, or in a hash
# expect: [[0, 1], [1, 1]]
# A call that is under way when the probe is attached is skipped and counted as it ends; the next is not.
def in_nap [] { ps | where name == trigger | any {|process| (try { open $'/proc/($process.pid)/wchan' } catch { '' }) =~ nanosleep } }
let job = job spawn { ^$env.TRIGGER nap 1 60000 }
while not (in_nap) { sleep 20ms }
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_exit_clock_nanosleep' {|ctx|
    $ctx.elapsed | stats --by ($ctx.elapsed >= 100ms)
}
job kill $job
while (ebpf list | get unmatched.0) == 0 { sleep 20ms }
let first = [(ebpf counters $id | length) (ebpf list | get unmatched.0)]
^$env.TRIGGER nap 1 150
[$first [(ebpf counters $id | where key == true | get count.0) (ebpf list | get unmatched.0)]]
