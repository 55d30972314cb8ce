# kernels: it puts text together with a helper
# expect: [true, true, true]
# A `__data_loc` string.
let id = ebpf attach --comm trigger 'tracepoint:sched/sched_process_exec' {|ctx| {file: $ctx.filename, short: ($ctx.filename | read-kernel-str --len 4)} | emit }
^$env.TRIGGER getpid 1
let row = ebpf trace $id | first
[($row.file == $env.TRIGGER) ($row.short == $"($env.TRIGGER | str substring 0..3)…") ((ebpf list | get truncated.0) == 1)]
