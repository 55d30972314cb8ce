# needs: kprobes
# expect: [3, [], 3, 3, 3, 1, 0, "ebpf::target::function"]
# A kprobe does not keep its module: that can go, and what was counted stays. An fentry program does, until it is detached.
^modprobe dummy
let id = ebpf attach --comm sender 'kprobe:dummy:dummy_xmit' {|ctx| $ctx.comm | count; $ctx.pid | emit }
^ip link add dummy7 type dummy
^ip addr add 10.97.97.1/24 dev dummy7
^ip link set dummy7 up
^bash -c 'printf sender > /proc/self/comm; for i in 1 2 3; do echo x > /dev/udp/10.97.97.2/99; done'
let before = ebpf counters $id | get 0.count
^rmmod dummy
let modules = open /proc/modules | lines | where $it starts-with 'dummy '
let after = [(ebpf counters $id | get 0.count) (ebpf trace $id | length) (ebpf detach $id | get count.0.count)]
^modprobe dummy
let id = ebpf attach 'fentry:dummy_xmit' {|ctx| count }
let held = do { ^rmmod dummy } | complete | get exit_code
ebpf detach $id
let free = do { ^rmmod dummy } | complete | get exit_code
let gone = try { ebpf attach 'kprobe:dummy:dummy_xmit' {|ctx| count } } catch {|error| $error.details.code }
[$before $modules] ++ $after ++ [$held $free $gone]
