# Every form that a tracepoint's field has: signed, unsigned, narrow, wide, chars, an address.
ebpf attach --emit-c 'tracepoint:sock/inet_sock_set_state' {|ctx|
    {old: $ctx.oldstate, sport: $ctx.sport, family: $ctx.family, sk: $ctx.skaddr, from: $ctx.saddr, to: $ctx.daddr_v6, at: $ctx.ktime, cpu: $ctx.cpu} | emit
}
