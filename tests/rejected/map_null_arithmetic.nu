ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let file = ($ctx.tid | map-get files).name
    {name: ($ctx.filename | read-str)} | map-put files $ctx.tid
    $file | emit
}
