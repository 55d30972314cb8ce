ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let name = $ctx.filename | read-str
    if $ctx.comm =~ $name { count }
}
