# From closure to attached, plugin running: without an object in the cache, with one, and bpftrace's one-liner until its
# first event.
let runs = $env.RUNS | into int

def median []: list<duration> -> duration { sort | get (($in | length) // 2) }

# One unmeasured attach starts the plugin.
ebpf detach (ebpf attach 'tracepoint:sched/sched_process_fork' {|ctx| count })

let cold = 1..$runs | each {
    rm -rf ($env.XDG_CACHE_HOME | path join nu_plugin_ebpf)
    let start = date now
    let id = ebpf attach 'tracepoint:syscalls/sys_enter_openat' {|ctx| {pid: $ctx.pid, file: ($ctx.filename | read-str)} | emit }
    let took = (date now) - $start
    ebpf detach $id
    $took
} | median

let warm = 1..$runs | each {
    let start = date now
    let id = ebpf attach 'tracepoint:syscalls/sys_enter_openat' {|ctx| {pid: $ctx.pid, file: ($ctx.filename | read-str)} | emit }
    let took = (date now) - $start
    ebpf detach $id
    $took
} | median

# bpftrace's same one-liner ends with its first event; something opens a file every few milliseconds.
let load = job spawn { loop { open /etc/hostname | ignore; ^true; sleep 5ms } }
let theirs = 1..$runs | each {
    let start = date now
    let program = 'tracepoint:syscalls:sys_enter_openat { printf("%d %s\n", pid, str(args->filename)); exit(); }'
    ^timeout 20 bpftrace -e $program | complete | ignore
    (date now) - $start
} | median
let ours = 1..$runs | each {
    let start = date now
    ebpf attach -s 'tracepoint:syscalls/sys_enter_openat' {|ctx| {pid: $ctx.pid, file: ($ctx.filename | read-str)} | emit } | first | ignore
    (date now) - $start
} | median
job kill $load

print "attach: closure to attached (median)"
print ([{what: "cold (clang runs)", time: $cold} {what: "warm (object cached)", time: $warm} {what: "warm, to the first row", time: $ours} {what: "bpftrace, start to end at its first event", time: $theirs}])
