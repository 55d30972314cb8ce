# only: host (bash has no terminal in a VM)
# expect: [[bash, "echo one two"], [bash, exit]]
# A real bash at a terminal of its own reads two lines.
let id = ebpf attach 'uretprobe:/bin/bash:readline' {|ctx| {comm: $ctx.comm, line: ($ctx.retval | read-str)} | emit }
"echo one two\nexit\n" | ^script -qec 'bash --norc --noprofile -i' /dev/null | ignore
ebpf trace $id | each { values }
