# needs: kprobes
# expect: [[[to, port, count]; [{family: inet, address: "127.0.0.1", port: 28008}, 28008, 2]], [[to, count]; [{family: inet, address: "127.0.0.1", port: 28008}, 2]]]
# The same in the kernel's memory; and as what it is of one family.
let four = ebpf attach --comm talker 'kprobe:tcp_v4_connect' {|ctx|
    {to: $ctx.args.uaddr, port: ($ctx.args.uaddr | cast 'struct sockaddr_in').sin_port} | count
}
let fentry = ebpf attach --comm talker 'fentry:tcp_v4_connect' {|ctx| {to: $ctx.args.uaddr} | count }
^$env.TALKER talk 2 10
[(ebpf counters $four) (ebpf counters $fentry)]
