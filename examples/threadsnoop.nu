# Threads that processes start, and what these run.
#     > threadsnoop | first 2
#      #   time    pid      comm     start
#      0   now    32305   python3   pythread_wrapper
#      1   now    32307   ssh       0x7f2b8c0012f0
# Beside bpftrace's: names of static functions too, and of processes that have ended by the time the row is read.

# Watch threads being started by way of the C library.
@example 'Which programs start most threads' { threadsnoop | first 100 | get comm | uniq --count }
@example 'The functions that threads of one program run' { threadsnoop --comm java | get start | uniq }
export def main [
    --pid (-p): int     # only this process
    --comm (-c): string # only commands of this name
]: nothing -> table {
    # Older C libraries have threads in a library of their own.
    let create = ['uprobe:libc:pthread_create' 'uprobe:libpthread:pthread_create']
    ebpf attach --stream --optional --pid $pid --comm $comm $create {|ctx|
        # pthread_create(thread, attributes, start, argument)
        {time: $ctx.time, pid: $ctx.tgid, comm: $ctx.comm, start: ($ctx.arg2 | usym)} | emit
    }
}
