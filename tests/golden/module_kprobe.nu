ebpf attach --emit-c 'kprobe:9pnet:p9_client_open' {|ctx| {path: $ctx.args.fid.qid.path, mode: $ctx.args.mode} | count }
