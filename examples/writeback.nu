# What the kernel writes from memory to disks: how many pages, why, and how long it takes.
#     > writeback | first 1
#      #   time   device   pages   reason        took
#      0   now    254:0     1643   sync     4ms 640µs 786ns
# Beside bpftrace's: the pages that were written, where that shows a part of how many may still be; today's reasons.

# As in the kernel's `enum wb_reason`.
const REASONS = [background vmscan sync periodic laptop_timer fs_free_space forker_thread foreign_flush]

# Watch pages being written back.
@example 'What was slow' { writeback | where took > 100ms }
export def main []: nothing -> table {
    ebpf attach --stream {
        'tracepoint:writeback/writeback_start': {|ctx|
            start-timer
            $ctx.nr_pages | map-put budget $ctx.tid
        }
        'tracepoint:writeback/writeback_written': {|ctx|
            let took = stop-timer
            if $took != null {
                let pages = ($ctx.tid | map-get budget | default 0) - $ctx.nr_pages
                {time: $ctx.time, device: $ctx.name, pages: $pages, reason: $ctx.reason, took: $took} | emit
            }
        }
    }
    | update reason {|row| $REASONS | get --optional $row.reason | default $row.reason }
}
