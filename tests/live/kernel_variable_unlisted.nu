# needs: no-kprobes
# expect: ["ebpf::symbol::unknown", true]
# A kernel that lists functions only has no addresses of variables, which is said.
let closure = {|ctx| kernel-var jiffies_64 | cast u64 | count }
let details = try { ebpf attach 'raw_tracepoint:sched_switch' $closure } catch {|error| $error.details }
[$details.code ('CONFIG_KALLSYMS_ALL' in $details.help)]
