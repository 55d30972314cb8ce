ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let file = $ctx.filename | read-str
    let limit = $ctx.task.real_parent?.signal?.rlim.7.rlim_cur
    if $file != null and $file =~ '^/etc/' { {file: $file, limit: $limit, of: $ctx.task.real_parent?.real_parent?.tgid} | emit }
}
