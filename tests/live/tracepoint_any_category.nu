# expect: [3, "ebpf::target::many", true]
# A pattern without a category is of all, as for `ebpf probes`.
let id = ebpf attach --comm trigger 'tracepoint:sys_enter_kil?' {|ctx| $ctx.func | count }
^$env.TRIGGER kill0 3
let many = try { ebpf attach 'tracepoint:*' {|ctx| count } } catch {|error| $error.details }
[(ebpf counters $id | get 0.count) $many.code ($many.help has '--max-probes')]
