# expect: [["ebpf::pin::differs", 2, true], ["ebpf::pin::differs", 2, true], ["ebpf::pin::differs", 2, true], ["ebpf::pin::differs", 2, true], ["ebpf::pin::differs", 2, true], ["ebpf::pin::differs", 2, true], ["ebpf::pin::differs", 2, true], ["ebpf::pin::differs", 2, true], ["ebpf::target::symbol", 1, false], ["ebpf::pin::differs", 1, true], [seen, timer, count, h]]
# What does not fit the pinned maps is refused, both places labelled; nothing of it is pinned.
let folder = mktemp -d; ^mount -t bpf bpf $folder; $env.NU_EBPF_BPFFS = $folder
let id = ebpf attach --pin all 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    $ctx.pid | map-put seen $ctx.pid; start-timer; $ctx.comm | count; $ctx.pid | hist --as h --steps 2
}
def refused [closure: closure, --max-entries: int = 10240, --at: string = 'tracepoint:syscalls/sys_exit_getpid'] {
    try { ebpf attach --pin all --max-entries $max_entries $at $closure } catch {|error|
        [$error.details.code ($error.details.labels | length) ($error.details.help | str contains 'ebpf unpin all')]
    }
}
let first = [
    (refused {|ctx| $ctx.pid | count })
    (refused {|ctx| count })
    (refused {|ctx| $ctx.pid | sum --as count --by $ctx.comm })
    (refused {|ctx| $ctx.pid | hist --as h; $ctx.pid | count --as other })
    (refused {|ctx| $ctx.comm | map-get seen | emit })
    (refused {|ctx| $ctx.comm | map-put seen $ctx.pid })
    (refused {|ctx| stop-timer --key $ctx.pid | emit })
    (refused --max-entries 7 {|ctx| $ctx.comm | count })
    (refused --at 'uprobe:libc:no_such_function_here' {|ctx| count --as other })
]
plugin stop ebpf
let last = refused {|ctx| $ctx.pid | count }
let maps = ebpf list --pins | get map
ebpf unpin all
^umount $folder; ^rmdir $folder
$first ++ [$last $maps]
