# expect: [[[to, size, bytes]; [null, 14, null], [{family: inet, address: "127.0.0.1", port: 28008}, 16, 0x[0200]]], [0, 0]]
# What a branch leads to is read behind it, but only where it was taken: what was not is no fault.
let id = ebpf attach --comm talker 'tracepoint:syscalls/sys_enter_connect' {|ctx|
    let to = if $ctx.addrlen == 16 { $ctx.uservaddr | cast 'struct sockaddr' }
    let bytes = if $ctx.addrlen == 16 { $ctx.uservaddr | read-bytes 2 }
    {to: $to, size: $ctx.addrlen, bytes: $bytes} | emit
}
^$env.TALKER knock /nonexistent
^$env.TALKER refused
let rows = ebpf trace $id
[$rows (ebpf list | get 0 | [$in.errors $in.faults])]
