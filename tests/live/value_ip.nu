# expect: [[[from, to, six, bytes, count]; ["127.0.0.1", "127.0.0.1", "::ffff:127.0.0.1", "127.0.0.1", 2]], [[to, count]; ["::1", 1]], [cant_convert, 3]]
# Addresses as text: of a number as the kernel's types give it, of bytes, of an array; and compared with such text.
let four = ebpf attach --comm talker 'raw_tracepoint:inet_sock_set_state' {|ctx|
    let sk = $ctx.args.sk.__sk_common
    let to = $sk.skc_daddr | into ip
    if $ctx.args.newstate == 2 and $to == "127.0.0.1" and $sk.skc_v6_daddr != "::1" {
        {
            from: ($sk.skc_rcv_saddr | into ip)
            to: $to
            six: ($sk.skc_v6_daddr.in6_u.u6_addr8 | into ip)
            bytes: ($sk.skc_daddr | read-kernel-bytes 4 --len 4 | into ip)
        } | count
    }
}
let six = ebpf attach --comm talker 'tracepoint:sock/inet_sock_set_state' {|ctx|
    if $ctx.newstate == 2 and ($ctx.daddr_v6 | into ip) == "::1" { {to: ($ctx.daddr_v6 | into ip)} | count }
}
let large = ebpf attach --comm talker 'tracepoint:syscalls/sys_enter_connect' {|ctx| $ctx.uservaddr | into int | into ip | count }
^$env.TALKER talk 2 10
^$env.TALKER talk6 1 10
let failed = ebpf list | where id == $large | get 0.errors
[(ebpf counters $four) (ebpf counters $six) [cant_convert $failed]]
