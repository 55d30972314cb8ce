ebpf attach --emit-c 'fentry:kernel_sock_shutdown' {|ctx| if $ctx.args.how == "SHUT_RWDR" { count } }
