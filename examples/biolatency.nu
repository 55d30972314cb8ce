# How long block devices take for what they are asked for, as a histogram.
#     > biolatency --duration 2sec | first 2
#      #        low           high       count           bar
#      0    32µs 768ns    65µs 536ns     361   -----------
#      1    65µs 536ns    131µs 72ns     678   --------------------
# Beside bpftrace's: without kprobes, so on every kernel; by what is done, if you like.

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
