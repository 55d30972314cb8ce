# needs: disk
# expect: [[comm, call, error, took]; [trigger, fdatasync, null, true], [trigger, fsync, null, true], [trigger, syncfs, null, true], [trigger, msync, null, true], [trigger, fsync, EBADF, true]]
use syncsnoop.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER syncs here }
syncsnoop --comm trigger | first 5 | select comm call error took | update took {|row| $row.took > 0sec and $row.took < 1min }
