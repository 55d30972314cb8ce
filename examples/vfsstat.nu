# What is asked of the file layer (VFS), second by second.
#     > vfsstat | first 2
#      #   time   vfs_read   vfs_write   vfs_fsync   vfs_open   vfs_create
#      0   now         244          64           0        337            0
#      1   now         229          57           0        317            0
# Beside bpftrace's: rows, each with all columns; filters in the kernel.

# Count reads, writes, syncs, opens and creations of files, each second.
@example 'For ten seconds' { vfsstat | first 10 }
export def main [
    --every (-e): duration = 1sec # how often to tell
    --pid (-p): int               # only this process
    --comm (-c): string           # only commands of this name
]: nothing -> table {
    let id = ebpf attach --pid $pid --comm $comm 'kprobe:vfs_{read,write,fsync,open,create}' {|ctx| $ctx.func | count }
    ebpf counters $id --every $every --delta --detach | each {|table|
        let none = {time: (date now), vfs_read: 0, vfs_write: 0, vfs_fsync: 0, vfs_open: 0, vfs_create: 0}
        $table | reduce --fold $none {|row, all| $all | update $row.key $row.count }
    }
}
