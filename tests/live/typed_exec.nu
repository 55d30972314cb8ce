# expect: [[file, name, arguments]; [true, talker, 3]]
# A struct of another's arguments, with a string behind an address.
let wanted = $env.TALKER
let id = ebpf attach 'raw_tracepoint:sched_process_exec' {|ctx|
    let bprm = $ctx.args.bprm
    if $ctx.args.p.comm == "talker" { {file: ($bprm.filename == $wanted), name: $ctx.args.p.comm, arguments: $bprm.argc} | emit }
}
^$env.TALKER talk 1
ebpf trace $id
