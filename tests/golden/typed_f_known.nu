ebpf attach --emit-c 'fentry:tcp_v4_connect' {|ctx|
    let common = $ctx.args.sk.__sk_common
    {
        to: $ctx.args.uaddr
        own: (if $common.skc_v6_daddr != "::1" { $common.skc_rcv_saddr | into ip })
        time: $ctx.args.sk.sk_stamp
        limit: ($ctx.task.signal.rlim | get $ctx.args.addr_len).rlim_cur
        slept: ($ctx.args.uaddr | cast 'struct __kernel_timespec' --user)
        flags: (($ctx.args.uaddr | cast 'enum wq_flags') == "WQ_UNBOUND|WQ_HIGHPRI")
    } | emit
}
