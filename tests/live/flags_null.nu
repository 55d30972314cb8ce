# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [5, [[count]; [5]]]
# A flag that is null is none: so a command hands on the flags that it was not given.
def counted [--pid: int, --comm: string, --ring: filesize, --as: string, --every: duration] {
    let id = ebpf attach --pid $pid --comm $comm --ring-buffer $ring --max-entries $pid 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
        if $ctx.comm == trigger { count }
    }
    ^$env.TRIGGER getpid 5
    ebpf counters $id --as $as --every $every --detach
}
[(counted --comm trigger | get 0.count) (counted)]
