ebpf attach --emit-c ksyscall:openat {|ctx|
    if $ctx.arg2 == 0 { {file: ($ctx.arg1 | read-str), comm: $ctx.comm} | emit }
}
