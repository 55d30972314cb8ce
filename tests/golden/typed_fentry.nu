ebpf attach --emit-c 'fentry:kernel_sock_shutdown' {|ctx|
    let sk = $ctx.args.sock.sk.__sk_common
    if $ctx.args.sock.state == "SS_CONNECTED" {
        {how: $ctx.args.how, to: $sk.skc_v6_daddr, port: $sk.skc_dport, reuse: $sk.skc_reuse, protocol: $ctx.args.sock.sk.sk_protocol} | count
    }
}
