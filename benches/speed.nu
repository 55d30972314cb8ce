# What a hit costs by the kernel's own statistics, beside the same by hand with libbpf (speed/*.bpf.c, compiled into
# $env.OBJECTS) and in bpftrace (speed/*.bt), in turns, each less a program that only compares. Medians of RUNS.
sysctl -q kernel.bpf_stats_enabled=1 | complete | ignore

const READS = 300000
const ENTER = 'tracepoint:syscalls/sys_enter_read'
const EXIT = 'tracepoint:syscalls/sys_exit_read'
let folder = $env.FILE_PWD? | default (pwd | path join benches) | path join speed

# Each attaches ours, and has the same name as the others' files; `programs` run for a read.
let rows = [
    [name what programs ours];
    [count 'count' 1 {|| ebpf attach $ENTER {|ctx| count } }]
    [count_pid 'count by pid' 1 {|| ebpf attach $ENTER {|ctx| $ctx.pid | count } }]
    [count_comm 'count by comm' 1 {|| ebpf attach $ENTER {|ctx| $ctx.comm | count } }]
    [histogram_pid 'histogram of a clock by pid' 1 {|| ebpf attach $ENTER {|ctx| $ctx.ktime | hist --by $ctx.pid } }]
    [hops 'count by two addresses further, direct' 1 {|| ebpf attach $ENTER {|ctx| $ctx.task.real_parent.real_parent.tgid | count } }]
    [hops_read 'count by two addresses further, by helpers' 1 {||
        ebpf attach $ENTER {|ctx| ($ctx.task | cast 'struct task_struct').real_parent.real_parent.tgid | count }
    }]
    [latency 'entry and exit: a timer' 2 {|| ebpf attach {$ENTER: {|ctx| start-timer }, $EXIT: {|ctx| stop-timer | histogram }} }]
    [latency 'entry and exit: $ctx.elapsed' 2 {|| ebpf attach $EXIT {|ctx| $ctx.elapsed | histogram } }]
    [row 'a row of three ints and comm' 1 {||
        ebpf attach --ring-buffer 32MiB $ENTER {|ctx| {pid: $ctx.pid, fd: $ctx.fd, count: $ctx.count, comm: $ctx.comm} | emit }
    }]
]
let empty = {|| ebpf attach $ENTER {|ctx| if $ctx.fd == 77777 { count } } }

def programs [] {
    ^bpftool -j prog list | from json | each {|program|
        {id: $program.id, ns: ($program.run_time_ns? | default 0), runs: ($program.run_cnt? | default 0)}
    }
}

# What the programs that `start` attaches take for a read, in all.
def cost [start: closure, stop: closure] {
    let before = programs | get id
    let handle = do $start
    let ours = programs | where id not-in $before | get id
    let runs = programs | where id in $ours
    ^dd if=/dev/zero of=/dev/null bs=1 $'count=($READS)' status=none
    let ran = programs | where id in $ours
    do $stop $handle
    (($ran.ns | math sum) - ($runs.ns | math sum)) / $READS
}

def own [start: closure] { cost $start {|id| ebpf detach $id | ignore } }

# Another program attaches, as a job that is killed; its programs are there when their number stays the same.
def beside [start: closure, name: string] {
    let begin = {||
        let before = programs | length
        let job = job spawn $start
        mut last = $before
        mut now = $before
        while $now == $before or $now != $last { sleep 300ms; $last = $now; $now = (programs | length) }
        $job
    }
    cost $begin {|job| job kill $job; ^pkill -x $name | complete | ignore; sleep 500ms }
}

def by_hand [name: string] {
    let object = $env.OBJECTS | path join $'($name).o'
    beside { ^sleep inf | ^($env.OBJECTS | path join attach) $object | ignore } attach
}

def bpftrace [name: string] {
    let script = $folder | path join $'($name).bt'
    beside { ^bpftrace -q $script out+err> /dev/null } bpftrace
}

def middle [values: list<number>] { $values | sort | get (($values | length) // 2) }

let rounds = 1..($env.RUNS? | default 5 | into int) | each {
    let floor = {ours: (own $empty), hand: (by_hand empty), bpftrace: (bpftrace empty)}
    $rows | each {|row|
        {
            what: $row.what
            ours: ((own $row.ours) - $floor.ours * $row.programs)
            hand: ((by_hand $row.name) - $floor.hand * $row.programs)
            bpftrace: ((bpftrace $row.name) - $floor.bpftrace * $row.programs)
        }
    }
}
print $"nanoseconds a read, less an empty program \(kernel statistics, ($READS) reads by dd bs=1\)"
print ($rows.what | enumerate | each {|row|
    let all = $rounds | each { get $row.index }
    let ours = middle $all.ours
    let hand = middle $all.hand
    {what: $row.item, ours: ($ours | math round --precision 1), 'by hand': ($hand | math round --precision 1)
        ratio: ($ours / $hand | math round --precision 2), bpftrace: (middle $all.bpftrace | math round --precision 1)}
})
