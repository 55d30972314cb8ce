# What block devices are asked for: by whom, what, how much, and how long it took.
#     > biosnoop | first 2
#      #   time    pid    comm     disk   operation   sector     bytes      took
#      0   now    32305   dd       vda    write       2177048   65.5 kB   210µs 7ns
#      1   now       97   jbd2     vda    flush             0       0 B   1ms 14µs
# Beside bpftrace's: without kprobes; what was asked for, where, and how much.

# The operations by number (include/linux/blk_types.h, `enum req_op`).
const OPERATIONS = {0: read, 1: write, 2: flush, 3: discard, 5: secure_erase, 9: write_zeroes}

# Watch requests to block devices, as they are done (Linux 6.5).
@example 'What is slow' { biosnoop | where took > 10ms }
export def main [
    --pid (-p): int     # only what this process asks for
    --comm (-c): string # only what commands of this name ask for
]: nothing -> table {
    ebpf attach --stream {
        'raw_tracepoint:block_io_start': {|ctx|
            if ($pid == null or $ctx.tgid == $pid) and ($comm == null or $ctx.comm == $comm) {
                # When it is done, nothing is left of its length, and any process runs.
                let rq = $ctx.args.rq
                {pid: $ctx.tgid, comm: $ctx.comm, sector: $rq.__sector, bytes: $rq.__data_len} | map-put asked $rq
                start-timer --key $rq
            }
        }
        'raw_tracepoint:block_io_done': {|ctx|
            let rq = $ctx.args.rq
            let asked = $rq | map-get asked
            let took = stop-timer --key $rq
            if $asked != null {
                $rq | map-delete asked
                {
                    time: $ctx.time, pid: $asked.pid, comm: $asked.comm, disk: $rq.q.disk.disk_name
                    operation: ($rq.cmd_flags bit-and 0xff), sector: $asked.sector
                    bytes: ($asked.bytes | into filesize), took: $took
                } | emit
            }
        }
    }
    | update operation {|row| $OPERATIONS | get --optional ($row.operation | into string) | default $row.operation }
}
