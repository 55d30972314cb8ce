# How often each function of the kernel's file layer (VFS) is called.
#     > vfscount | first 2
#      #       function        count
#      0   vfs_getattr_nosec     221
#      1   vfs_fstatat           144
# Beside bpftrace's: any other pattern of functions will do; filters in the kernel.

# Count calls of kernel functions whose names match a pattern.
@example 'The file layer, for ten seconds' { vfscount --duration 10sec | first 5 }
@example 'Another layer' { vfscount 'tcp_*' }
export def main [
    pattern: string = 'vfs_*'        # which functions
    --duration (-d): duration = 5sec # how long to count
    --pid (-p): int                  # only this process
    --comm (-c): string              # only commands of this name
]: nothing -> table {
    let id = ebpf attach --pid $pid --comm $comm $'kprobe:($pattern)' {|ctx| {function: $ctx.func} | count }
    ebpf counters $id --every $duration --detach | first
}
