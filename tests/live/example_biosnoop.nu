# needs: disk
# expect: [[comm, operation, bytes, disk, took]; [trigger, write, 65536b, true, true], [trigger, write, 65536b, true, true]]
use biosnoop.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER blocks here 3 65536 }
let writes = biosnoop --comm trigger | where operation == write and bytes == 64KiB | first 2 | select comm operation bytes disk took
$writes | update disk { str length | $in > 0 } | update took { $in > 0sec and $in < 1min }
