# How long threads that could run wait for a processor, as a histogram.
#     > runqlat | last 2
#      #         low               high         count   bar
#      0   4ms 194µs 304ns    8ms 388µs 608ns       8   -
#      1   8ms 388µs 608ns   16ms 777µs 216ns       1   -
# Beside bpftrace's: who was preempted counts, the idle thread does not; one command's or thread's, if you like.

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
            # What was running and still could, without a reason to sleep, is ready again. Thread 0 is idleness.
            if ($ctx.prev_state bit-and 0xff) == 0 and $ctx.prev_pid != 0 { start-timer --key $ctx.prev_pid }
            let waited = stop-timer --key $ctx.next_pid
            if ($comm == null or $ctx.next_comm == $comm) and ($tid == null or $ctx.next_pid == $tid) { $waited | hist }
        }
    }
    ebpf histogram $id --every $duration --detach | first
}
