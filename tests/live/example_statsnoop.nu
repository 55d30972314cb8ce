# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [[call, error, path]; [newfstatat, ENOENT, /nonexistent], [statx, ENOENT, /nonexistent], [statfs, ENOENT, /nonexistent], [statfs, null, /]]
use statsnoop.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER stats /nonexistent }
statsnoop --comm trigger | where path in [/nonexistent /] | first 4 | select call error path
