ebpf attach --emit-c 'hardware:cycles' {|ctx| 1 | map-put seen $ctx.tid --lru }
