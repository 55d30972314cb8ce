# expect: [[[to, client, old, new, count]; ["::1", true, 1, 4, 3], ["::1", true, 2, 1, 3], ["::1", true, 4, 5, 3], ["::1", true, 7, 2, 3]], [[port, to, count]; [28008, 2130706433, 2]]]
# A raw tracepoint's arguments by name: a socket's members, through unnamed unions, in network order, and IPv6 addresses.
let six = ebpf attach 'raw_tracepoint:inet_sock_set_state' {|ctx|
    let sk = $ctx.args.sk.__sk_common
    if $sk.skc_dport == 28008 { {to: $sk.skc_v6_daddr, client: ($sk.skc_num != 28008), old: $ctx.args.oldstate, new: $ctx.args.newstate} | count }
}
^$env.TALKER talk6 3 100
let states = ebpf counters $six | where {|row| $row.client and $row.old in [7 2 1 4]} | sort-by old
ebpf detach $six
let four = ebpf attach 'raw_tracepoint:inet_sock_set_state' {|ctx|
    let sk = $ctx.args.sk
    if $ctx.args.newstate == 2 { {port: $sk.__sk_common.skc_dport, to: $sk.__sk_common.skc_daddr} | count }
}
^$env.TALKER talk 2 100
[$states (ebpf counters $four)]
