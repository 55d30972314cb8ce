# expect: [[[name, empty, count]; ["", true, 1]], 0]
# An empty string is one that could be read, whatever the kernel says of its length.
let id = ebpf attach --comm talker 'tracepoint:syscalls/sys_enter_execve' {|ctx|
    let name = $ctx.filename | read-str
    {name: $name, empty: ($name == "")} | count
}
^$env.TALKER exec '' | complete | ignore
[(ebpf counters $id) (ebpf list | get 0.faults)]
