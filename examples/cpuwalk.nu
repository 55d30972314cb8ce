# Which processors are busy, sampled many times a second.
#     > cpuwalk --duration 2sec
#      #   cpu   busy   samples
#      0     0   0.93       184
#      1     1   0.21        42
# Beside bpftrace's: each processor's share of the time, one command's or process's, if you like. A processor that sleeps
# may give no samples, as in Linux 6.18: the share is of those that were to come.

# Sample what processors do: `samples` with a thread at work, `busy` their share of all that were to come.
@example 'Does a program use all processors' { cpuwalk --comm postgres }
export def main [
    --duration (-d): duration = 5sec # how long to collect
    --rate (-r): int = 99            # samples a second on each processor
    --pid (-p): int                  # only this process
    --comm (-c): string              # only threads of this name
]: nothing -> table {
    let id = ebpf attach $'profile:($rate)hz' {|ctx|
        # Thread 0 is idleness.
        let works = $ctx.tid != 0 and ($pid == null or $ctx.tgid == $pid) and ($comm == null or $ctx.comm == $comm)
        (if $works { 1 } else { 0 }) | sum --by {cpu: $ctx.cpu}
    }
    let whole = $duration / 1sec * $rate
    ebpf counters $id --every $duration --detach | first | sort-by cpu
    | each {|row| {cpu: $row.cpu, busy: ([1.0 ($row.sum / $whole)] | math min), samples: $row.sum} }
}
