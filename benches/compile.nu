# A closure of a hundred lines: to its C, from nothing to attached, and with its object in the cache. The difference of
# the last two is clang's time.
source long.nu

let runs = $env.RUNS | into int
let point = 'tracepoint:syscalls/sys_enter_openat'

def took [runs: int, before: closure, work: closure]: nothing -> duration {
    let times = 1..$runs | each {
        do $before
        let start = date now
        let id = do $work
        let took = (date now) - $start
        if ($id | describe) == int { ebpf detach $id }
        $took
    }
    $times | sort | get ($runs // 2)
}

# One unmeasured attach starts the plugin.
ebpf detach (ebpf attach $point $long)

let text = took $runs { } { ebpf attach --emit-c $point $long }
let cold = took $runs { rm -rf ($env.XDG_CACHE_HOME | path join nu_plugin_ebpf) } { ebpf attach $point $long }
let warm = took $runs { } { ebpf attach $point $long }

print $"a closure of 100 lines, (ebpf attach --emit-c $point $long | lines | length) lines of C \(medians of ($runs))"
print ([
    {what: "closure to C", time: $text}
    {what: "closure to attached, cold (clang runs)", time: $cold}
    {what: "closure to attached, warm (object cached)", time: $warm}
    {what: "to the object: cold without what the kernel takes", time: ($cold - $warm + $text)}
])
