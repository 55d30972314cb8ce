# expect: [["ebpf::kernel::files", attached], [true], 7]
# Out of descriptors at whatever point: an error of its own, nothing stays of what was begun, and later it goes on.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count }
let plugin = plugin list | where name == ebpf | get 0.pid
let held = ls $"/proc/($plugin)/fd" | length
let tries = 0..24 | each {|more|
    ^prlimit --pid $plugin $"--nofile=($held + $more):"
    let outcome = try { ebpf detach (ebpf attach 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.comm | count; $ctx.pid | emit }); 'attached' } catch {|error| $error.details.code }
    {outcome: $outcome, held: (ls $"/proc/($plugin)/fd" | length)}
}
^prlimit --pid $plugin --nofile=1024:
^$env.TRIGGER getpid 7
[($tries.outcome | uniq) ($tries.held | each {|it| $it == $held } | uniq) (ebpf counters $id).0.count]
