# needs: kprobes
# expect: [[time, vfs_read, vfs_write, vfs_fsync, vfs_open, vfs_create], true, true]
use vfsstat.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER read 500 }
let row = vfsstat --comm trigger --every 3sec | first
[($row | columns) ($row.vfs_read >= 500 and $row.vfs_read < 520) ($row.vfs_open > 0)]
