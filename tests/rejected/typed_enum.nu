ebpf attach --emit-c 'fentry:sock_is_open' {|ctx| if $ctx.args.wanted == "SS_CONECTED" { count } }
