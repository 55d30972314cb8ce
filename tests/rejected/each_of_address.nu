ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    $ctx.filename | each {|name| $name | read-str | emit }
}
