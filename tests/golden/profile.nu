ebpf attach --emit-c {
    'profile:99hz': {|ctx| {comm: $ctx.comm, ip: $ctx.ip} | count }
    'software:page-faults:100': {|ctx| $ctx.addr | emit }
}
