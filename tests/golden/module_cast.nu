ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.arg0 | cast 'struct p9_fid' | get qid.version | count }
