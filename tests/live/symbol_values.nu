# expect: [[[key, count]; [trigger_b, 3], ["trigger_a+0x1", 2], ["0x10", 1]], [trigger_b, "trigger_a+0x1", "0x10"], "at trigger_b", trigger_b, [vfs_read, "vfs_read+0x4", "0x5"], vfs_read]
# Names of addresses, of a process that has ended and of the kernel: in rows, in keys and in text; what is in nothing.
# Without randomised addresses the program begins there.
let place = {|name| ^nm $env.TRIGGER | lines | where $it ends-with $" ($name)" | first | split row ' ' | first | $"0x($in)" | into int }
let a = 0x555555554000 + (do $place trigger_a) + 1
let b = 0x555555554000 + (do $place trigger_b)
let id = ebpf attach --comm trigger $"uprobe:($env.TRIGGER):trigger_add" {|ctx|
    let at = $ctx.arg0
    $at | usym | count
    {at: ($at | usym), text: $"at ($at | usym)"} | emit
}
^setarch -R $env.TRIGGER values $b $b $a $a $b 16
let rows = ebpf trace $id
let read = ebpf symbol vfs_read | where module == kernel | get 0.address
let behind = $read + 4
let kernel = [{arg0: $read} {arg0: $behind} {arg0: 5}] | ebpf run {|ctx| $ctx.arg0 | ksym | emit } | get rows | flatten
let named = ebpf iter ksym {|ctx| if $ctx.ksym.value == $read { $ctx.ksym.value | ksym } }
[
    (ebpf counters $id)
    ($rows.at | uniq)
    $rows.0.text
    $rows.0.at
    $kernel
    ($named | first)
]
