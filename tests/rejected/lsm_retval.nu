ebpf attach --emit-c 'lsm:file_open' {|ctx| $ctx.retval | count }
