# kernels: it reads the kernel's structs
# expect: [[[to, family, count]; [{family: unix, address: /nonexistent, port: null}, 1, 1], [{family: unix, address: @nobody, port: null}, 1, 1], [{family: inet, address: "127.0.0.1", port: 28008}, 2, 3], [{family: "inet6", address: "::1", port: 28008}, 10, 1]], 4, 0]
# The address that a process hands over: whatever family it is of, its bytes are read as far as that has any.
let id = ebpf attach --comm talker 'tracepoint:syscalls/sys_enter_connect' {|ctx|
    let to = $ctx.uservaddr | cast 'struct sockaddr'
    {to: $to, family: $to.sa_family} | count
}
^$env.TALKER talk 2 10
^$env.TALKER talk6 1 10
^$env.TALKER refused
^$env.TALKER knock /nonexistent
^$env.TALKER knock @nobody
[(ebpf counters $id | sort-by family to.address count) (ebpf counters $id | where to.port == 28008 | get count | math sum) (ebpf list | get 0.errors)]
