ebpf iter --emit-c task {|ctx|
    let own = $ctx.task.tgid
    if $ctx.task.pid == $own {
        {pid: $own, parent: $ctx.task.real_parent.comm, number: $ctx.meta.seq_num}
    }
}
