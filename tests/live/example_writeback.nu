# needs: disk
# expect: [true, sync]
use writeback.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER syncs here }
let row = writeback | where reason == sync | first
[($row.pages >= 0 and $row.took > 0sec and $row.took < 1min) $row.reason]
