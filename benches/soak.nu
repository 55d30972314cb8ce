# What a long life costs. `scripts/soak` runs it. Fails where an event is neither delivered nor counted as dropped, or
# where something grows.

# What the plugin and the kernel hold for it: descriptors, maps, programs; and the plugin's memory.
def held [plugin: int] {
    {
        fds: (ls $"/proc/($plugin)/fd" | length)
        maps: (^bpftool map list | lines | where $it =~ '^\d+: ' | length)
        programs: (^bpftool prog list | lines | where $it =~ '^\d+: ' | length)
        memory: (memory $plugin)
    }
}

def memory [plugin: int] {
    open $"/proc/($plugin)/status" | lines | parse "VmRSS:{size} kB" | get 0.size | str trim | into int | $in * 1KiB
}

def plugin [] { plugin list | where name == ebpf | get 0.pid }

def fail [words: string] { error make {msg: $words} }

# Events as fast as they can be made, for some seconds, against the default ring.
def flood [offered: int] {
    let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| {pid: $ctx.pid, at: $ctx.ktime} | emit }
    let reader = job spawn { ebpf trace --follow $id | length | job send 0 }
    let begin = date now
    let load = job spawn { ^$env.TRIGGER getpid $offered; "done" | job send 0 --tag 1 }
    mut seen = []
    loop {
        let asked = date now
        ebpf list | ignore
        $seen = $seen | append {took: ((date now) - $asked), memory: (memory (plugin))}
        let done = try { job recv --tag 1 --timeout 200ms; true } catch { false }
        if $done { break }
    }
    let took = (date now) - $begin
    let stats = ebpf list | where id == $id | get 0
    ebpf detach $id
    let delivered = job recv
    if $delivered != $stats.events or $delivered + $stats.dropped != $offered {
        fail $"($offered) events: ($delivered) delivered, ($stats.events) sent, ($stats.dropped) dropped"
    }
    let half = ($seen | length) // 2
    let before = $seen | first ($half + 1) | get memory | math max
    let after = $seen | get memory | math max
    if $after > $before * 1.2 + 4MiB { fail $"the plugin's memory grew: ($before), ($after)" }
    {
        offered: $offered
        "offered/s": ($offered * 1_000_000_000 // ($took | into int))
        delivered: $delivered
        dropped: $stats.dropped
        "memory before": $before
        "memory after": $after
        "slowest ebpf list": ($seen.took | math max)
        "median": ($seen.took | math median)
    }
}

# Attaching and detaching, over and over.
def cycles [count: int] {
    let cycle = {
        let id = ebpf attach 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.comm | count; $ctx.pid | emit }
        let other = ebpf attach $"uprobe:($env.TRIGGER):trigger_add" {|ctx| $ctx.arg0 | histogram }
        let third = ebpf attach 'profile:99hz' {|ctx| $ctx.kstack | count }
        ebpf detach $id $other $third
    }
    # What is made once: caches, threads, the allocator's memory.
    for _ in 1..($count // 5 + 1) { do $cycle | ignore }
    let before = held (plugin)
    for _ in 1..$count { do $cycle | ignore }
    # The kernel frees programs and maps a grace period later.
    mut after = held (plugin)
    for _ in 1..100 {
        if $after.maps <= $before.maps and $after.programs <= $before.programs and $after.fds <= $before.fds { break }
        sleep 100ms
        $after = held (plugin)
    }
    if $after.fds > $before.fds or $after.maps > $before.maps or $after.programs > $before.programs {
        fail $"something stays: before ($before), after ($after)"
    }
    if $after.memory > $before.memory * 1.2 + 4MiB { fail $"the plugin's memory grew: ($before), ($after)" }
    [{when: $"after ($count // 5 + 1) cycles", ...$before} {when: $"after ($count) more", ...$after}]
}

# Many probes at once in one plugin.
def crowd [count: int] {
    let ids = 1..$count | each { ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count } }
    ^$env.TRIGGER getpid 1000
    let counts = $ids | each {|id| ebpf counters $id | get 0.count } | uniq
    ebpf detach --all | ignore
    if $counts != [1000] { fail $"($count) probes counted ($counts) of 1000 calls" }
    {probes: $count, counted: $counts.0}
}

def main [--events: int = 60_000_000, --cycles: int = 500, --probes: int = 64] {
    print "events as fast as one process makes them, against the default ring" (flood $events)
    print "three probes attached and detached" (cycles $cycles)
    print "probes at once, all at one system call" (crowd $probes)
}
