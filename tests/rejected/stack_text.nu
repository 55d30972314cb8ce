ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let a = $ctx.filename | read-str
    $'($a)-($a)-($a)-($a)' | count
}
