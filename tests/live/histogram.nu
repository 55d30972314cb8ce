# expect: [[low, high, count, bar]; [-4, -2, 1, ----------], [-2, -1, 1, ----------], [-1, 0, 1, ----------], [0, 1, 1, ----------], [1, 2, 1, ----------], [2, 4, 2, --------------------], [4, 8, 1, ----------]]
let id = ebpf attach --comm trigger $'uprobe:($env.TRIGGER):trigger_add' {|ctx| $ctx.arg0 | histogram }
^$env.TRIGGER pairs -3 0 -2 0 -1 0 0 0 1 0 2 0 3 0 4 0
ebpf histogram $id
