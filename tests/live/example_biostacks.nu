# needs: disk
# expect: [true, true, true]
# Twenty writes, from the system call down to the block layer.
use biostacks.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER blocks here 20 65536 }
let all = biostacks --comm trigger --duration 3sec | where count > 0
let writes = $all | where { $in.stack.function has vfs_write }
[(($writes.count | math sum) >= 20) ($all.high | all { $in < 1min }) ($writes.stack.0.function has ksys_write)]
