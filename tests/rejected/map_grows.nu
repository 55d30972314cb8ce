ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let before = $ctx.tid | map-get text | default ''
    $"($before)a" | map-put text $ctx.tid
}
