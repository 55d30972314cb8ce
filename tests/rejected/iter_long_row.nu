ebpf iter --emit-c task {|ctx|
    let at = $ctx.task.real_parent
    0..40 | each {|n| $at | read-kernel-str --len 1000 }
}
