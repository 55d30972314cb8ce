# kernels: atomic instructions
# expect: ["nu::shell::operator_overflow", 9223372036854775807, [1, 9223372036854775804]]
# A sum that 64 bits do not hold is an error where it is read, and is right again once it fits.
let id = ebpf attach --comm trigger $'uprobe:($env.TRIGGER):trigger_add' {|ctx| $ctx.arg0 | sum; $ctx.arg0 | stats }
^$env.TRIGGER pairs 9223372036854775807 0 5 0
let code = try { ebpf counters $id --as sum | get 0.sum } catch {|error| $error.details.code }
^$env.TRIGGER pairs -5 0
let sum = ebpf counters $id --as sum --clear | get 0.sum
^$env.TRIGGER pairs 9223372036854775804 0
[$code $sum [(ebpf counters $id --as stats | length) (ebpf counters $id --as sum | get 0.sum)]]
