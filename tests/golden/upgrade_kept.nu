# The register of an enum has more bits than the enum: it is not the same by `fentry`.
ebpf attach --emit-c 'kprobe:kernel_sock_shutdown' {|ctx| $ctx.arg1 | count }
