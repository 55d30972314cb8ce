# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [[[call, count]; [getpid, 5000]], true]
use syscount.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER getpid 5000 }
let calls = syscount --comm trigger --duration 1500ms | first 1
while (ebpf list | is-not-empty) { sleep 20ms }
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER getpid 5000 }
[$calls (syscount --by-comm --duration 1500ms | where comm == trigger | get 0.count | $in > 5000)]
