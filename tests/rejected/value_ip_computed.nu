ebpf attach --emit-c 'fentry:tcp_connect' {|ctx| if ($ctx.args.sk.__sk_common.skc_daddr | into ip | str length) > 7 { count } }
