# How much is asked of block devices at a time, by process, as histograms.
#     > bitesize --duration 2sec | where comm == dd
#      #   comm     low       high     count           bar
#      0   dd     65.5 kB   131.0 kB     100   --------------------
# Beside bpftrace's: sizes are filesizes, to be sorted and summed up.

# Collect the sizes of requests to block devices.
@example 'Those of one process' { bitesize | where comm == postgres }
export def main [
    --duration (-d): duration = 5sec # how long to collect
]: nothing -> table {
    let id = ebpf attach 'tracepoint:block/block_rq_issue' {|ctx|
        $ctx.bytes | into filesize | hist --by {comm: $ctx.args.comm}
    }
    ebpf histogram $id --every $duration --detach | first
}
