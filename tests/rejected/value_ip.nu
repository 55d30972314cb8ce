ebpf attach --emit-c 'fentry:tcp_connect' {|ctx| if $ctx.args.sk.__sk_common.skc_v6_daddr == "0::1" { count } }
