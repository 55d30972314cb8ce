# The cost of `count` by comm at a tracepoint, by the kernel's own statistics, beside bpftrace's map.
sysctl -q kernel.bpf_stats_enabled=1 | complete | ignore

def load [] { ^dd if=/dev/zero of=/dev/null bs=1 count=500000 status=none }

# What the statistics themselves cost: a program that does nothing else.
let empty = ebpf attach 'tracepoint:syscalls/sys_enter_read' {|ctx| if $ctx.fd == -7 { count } }
load
let floor = ebpf list | where id == $empty | get 0.mean
ebpf detach $empty

let ours = ebpf attach 'tracepoint:syscalls/sys_enter_read' {|ctx| $ctx.comm | count }
load
let mean = ebpf list | where id == $ours | get 0 | select runs mean
ebpf detach $ours

let job = job spawn { ^timeout 20 bpftrace -e 'tracepoint:syscalls:sys_enter_read { @[comm] = count(); }' | complete | ignore }
sleep 2sec
load
let theirs = ^bpftool -j prog list | from json | where type == tracepoint and ($it.run_cnt? | default 0) > 400000 | last
job kill $job
^pkill bpftrace | complete | ignore

print "count by comm at a tracepoint (kernel statistics, dd bs=1)"
print ([
    {what: "a program that only compares", ns: ($floor | into int)}
    {what: "count by comm", ns: ($mean.mean | into int)}
    {what: "bpftrace @[comm] = count()", ns: ($theirs.run_time_ns // $theirs.run_cnt)}
])
