ebpf attach --emit-c 'fexit:9pnet:p9_client_open' {|ctx| {fid: $ctx.args.fid.fid, failed: ($ctx.retval < 0)} | count }
