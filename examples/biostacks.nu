# How long requests wait before they go to a block device, by the kernel's stack that has begun them.
#     > biostacks | first 1
#      #          stack            low       high    count           bar
#      0   [table 22 rows]   8µs 192ns   16µs 384ns     61   --------------------
# Beside bpftrace's: without kprobes; stacks as tables of frames (function, offset, module, source).

# Collect how long requests to block devices wait, with the stacks that they come from (Linux 6.5).
@example 'What comes from where, most first' { biostacks | group-by { $in.stack.function | str join ' ' } --to-table | update items { get count | math sum } | sort-by items --reverse }
export def main [
    --duration (-d): duration = 5sec # how long to collect
    --comm (-c): string              # only what commands of this name ask for
]: nothing -> table {
    let id = ebpf attach {
        'raw_tracepoint:block_io_start': {|ctx|
            if $comm == null or $ctx.comm == $comm {
                $ctx.kstack | map-put stack $ctx.args.rq
                start-timer --key $ctx.args.rq
            }
        }
        'raw_tracepoint:block_rq_issue': {|ctx|
            let waited = stop-timer --key $ctx.args.rq
            if $waited != null {
                $waited | hist --by {stack: ($ctx.args.rq | map-get stack)}
                $ctx.args.rq | map-delete stack
            }
        }
    }
    ebpf histogram $id --every $duration --detach | first
}
