# expect: [[comm, start, pids]; [trigger, linger, 1], [trigger, linger, 1], [trigger, linger, 1]]
# The function is a static one of a program that has ended when the rows are read.
use threadsnoop.nu
job spawn {
    while (ebpf list | is-empty) { sleep 100ms }
    ^$env.TRIGGER linger 3
}
let rows = threadsnoop --comm trigger | first 3
$rows | select comm start | insert pids ($rows.pid | uniq | length)
