# How long threads wait for a processor, as a histogram.
#
# Beside bpftrace's runqlat: the idle thread does not count, threads that were preempted do, and one may look at a single
# command or thread.

# Collect the time between being ready to run and running.
@example 'Does one program have to wait' { runqlat --comm nginx --duration 10sec }
export def main [
    --duration (-d): duration = 5sec # how long to collect
    --comm (-c): string              # only threads of this name
    --tid (-t): int                  # only this thread
]: nothing -> table {
    let id = ebpf attach {
        'tracepoint:sched/sched_wakeup{,_new}': {|ctx| start-timer --key $ctx.args.pid }
        'tracepoint:sched/sched_switch': {|ctx|
            # What was running and still could (bits up to 0x80 are reasons to sleep) is ready again; thread 0 is idleness.
            if ($ctx.prev_state bit-and 0xff) == 0 and $ctx.prev_pid != 0 { start-timer --key $ctx.prev_pid }
            let waited = stop-timer --key $ctx.next_pid
            if ($comm == null or $ctx.next_comm == $comm) and ($tid == null or $ctx.next_pid == $tid) { $waited | hist }
        }
    }
    ebpf histogram $id --every $duration --detach | first
}
