# Rows of several forms: early, in branches, a lone string, one out of a loop.
ebpf iter --emit-c task_file {|ctx|
    if $ctx.fd == 0 { return $ctx.file.f_path.dentry.d_name.name }
    for n in 1..2000 { if $n == $ctx.task.pid { return {low: $n} } }
    match $ctx.fd { 1 => "out", 2 => "err", _ => null }
}
