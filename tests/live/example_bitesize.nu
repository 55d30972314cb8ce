# needs: disk
# expect: [[comm, low, high, count]; [trigger, 65536b, 131072b, 20]]
# What goes to the disk past the page cache goes there as it was written.
use bitesize.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER blocks here 20 65536 }
bitesize --duration 1500ms | where comm == trigger and low == 64KiB | reject bar
