# What a long life costs. `scripts/soak` runs it. Fails where an event is neither delivered nor counted as dropped, where
# another command waits, or where something grows.

# What the plugin holds: descriptors, and of them maps, programs and links; and its memory. Others may use the kernel's
# maps and programs meanwhile, so only its own count.
def held [plugin: int] {
    # A descriptor may be closed while it is looked at.
    let infos = glob $"/proc/($plugin)/fdinfo/*" | each {|it| try { open --raw $it | decode utf-8 } catch { "" } }
    {
        fds: ($infos | length)
        maps: ($infos | where $it has "map_id:" | length)
        programs: ($infos | where $it has "prog_id:" and $it not-has "link_id:" | length)
        links: ($infos | where $it has "link_id:" | length)
        memory: (memory $plugin)
    }
}

# The kernel's names for what is held, which nobody may hold afterwards.
def ids [plugin: int] {
    glob $"/proc/($plugin)/fdinfo/*" | each {|it| try { open --raw $it | decode utf-8 } catch { "" } } | each {|text|
        $text | parse --regex '(?m)^(?<kind>map|prog|link)_id:\s*(?<id>\d+)$'
    } | flatten | uniq
}

def memory [plugin: int] {
    open $"/proc/($plugin)/status" | lines | parse "VmRSS:{size} kB" | get 0.size | str trim | into int | $in * 1KiB
}

def plugin [] { plugin list | where name == ebpf | get 0.pid }

def fail [words: string] { error make {msg: $words} }

# So many events a second against the default ring, in tenths of seconds. Other commands must answer within a time.
def flood [seconds: int, rate: int, within: duration] {
    let offered = $seconds * 10 * ($rate // 10)
    let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| {pid: $ctx.pid, at: $ctx.ktime} | emit }
    let reader = job spawn { ebpf trace --follow $id | length | job send 0 }
    let begin = date now
    job spawn {
        for tenth in 0..<($seconds * 10) {
            let early = ($begin + $tenth * 100ms) - (date now)
            if $early > 0ns { sleep $early }
            ^$env.TRIGGER getpid ($rate // 10)
        }
        "done" | job send 0 --tag 1
    }
    mut seen = []
    loop {
        let asked = date now
        ebpf list | ignore
        $seen = $seen | append {took: ((date now) - $asked), memory: (memory (plugin))}
        let done = try { job recv --tag 1 --timeout 50ms; true } catch { false }
        if $done { break }
    }
    let took = (date now) - $begin
    let stats = ebpf list | where id == $id | get 0
    ebpf detach $id
    let delivered = job recv
    if $delivered != $stats.events or $delivered + $stats.dropped != $offered {
        fail $"($offered) events: ($delivered) delivered, ($stats.events) sent, ($stats.dropped) dropped"
    }
    if ($seen.took | math max) > $within { fail $"`ebpf list` took ($seen.took | math max)" }
    let half = ($seen | length) // 2
    let before = $seen | first ($half + 1) | get memory | math max
    let after = $seen | get memory | math max
    # What waits for a slow reader is bounded: 16 batches of 1 MiB, and one that is being filled (`BATCHES` and `FULL` of
    # crates/read). The first half may not have come to that.
    if $after > $before * 1.2 + 16MiB { fail $"the plugin's memory grew: ($before), ($after)" }
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
    let after = held (plugin)
    if ($after | reject memory) != ($before | reject memory) {
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
    let held = ids (plugin)
    ebpf detach --all | ignore
    # The kernel frees programs and maps a grace period later, and gives no number twice.
    let known = {|it| ^bpftool $it.kind show id $it.id | complete | get exit_code | $in == 0 }
    mut left = $held
    for _ in 1..100 {
        $left = $left | where {|it| do $known $it }
        if ($left | is-empty) { break }
        sleep 100ms
    }
    if ($held | length) < 3 * $count or ($left | is-not-empty) { fail $"of ($held | length) maps, programs and links stay ($left)" }
    if $counts != [1000] { fail $"($count) probes counted ($counts) of 1000 calls" }
    {probes: $count, counted: $counts.0, held: ($held | length), "held after": ($left | length)}
}

def main [--seconds: int = 60, --rate: int = 1_000_000, --within: duration = 100ms, --cycles: int = 500, --probes: int = 64] {
    print $"($rate) events a second, against the default ring" (flood $seconds $rate $within)
    print "three probes attached and detached" (cycles $cycles)
    print "probes at once, all at one system call" (crowd $probes)
}
