# How long block devices take for what they are asked for, as a histogram.
#
# Beside bpftrace's biolatency: from the request to the device until its answer, without the time in the queue, on every
# kernel; durations; by what is done (W: write, R: read, S: synchronous, M: metadata).

# Collect the latencies of block devices.
@example 'Reads and writes apart, for ten seconds' { biolatency --by-operation --duration 10sec }
export def main [
    --duration (-d): duration = 5sec # how long to collect
    --by-operation (-o)              # a histogram for each kind of request
]: nothing -> table {
    let id = ebpf attach {
        'tracepoint:block/block_rq_issue': {|ctx| start-timer --key {dev: $ctx.dev, sector: $ctx.sector} }
        'tracepoint:block/block_rq_complete': {|ctx|
            let took = stop-timer --key {dev: $ctx.dev, sector: $ctx.sector}
            if $by_operation { $took | hist --by {operation: $ctx.rwbs} } else { $took | hist }
        }
    }
    ebpf histogram $id --every $duration --detach | first
}
