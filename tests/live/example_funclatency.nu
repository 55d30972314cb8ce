# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [[5, true], [function, low, high, count, bar], [50, true]]
use funclatency.nu
let nap = $'($env.TRIGGER):trigger_nap'
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER nap 5 20 }
let naps = funclatency $nap --duration 1sec | where count > 0
while (ebpf list | is-not-empty) { sleep 20ms }
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER nap 5 20 }
let each = funclatency $'uprobe:($nap)' --duration 1sec --by-function
while (ebpf list | is-not-empty) { sleep 20ms }
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER malloc 50 100 }
let mallocs = funclatency libc:malloc --comm trigger --duration 1sec
[[($naps.count | math sum) ($naps.low | all { $in >= 16ms })] ($each | where function == trigger_nap | columns) [($mallocs.count | math sum) ($mallocs.high | all { $in < 1sec })]]
