# Where processors spend their time, by stack: as a table, or as a flame graph.
#     > profile --comm cc1 --duration 10sec | first 2 | select comm count
#      #   comm   count
#      0   cc1      311
#      1   cc1      172
#     > profile --flamegraph --duration 10sec | save profile.svg
# Beside bpftrace's: stacks as tables of frames (function, offset, module, source), of processes that have ended too.

# Sample what runs on each processor.
@example 'The functions that most samples were taken in' { profile | each {|row| $row.user | append $row.kernel | get 0?.function? } | uniq --count }
export def main [
    --duration (-d): duration = 5sec # how long to collect
    --rate (-r): int = 99            # samples a second on each processor
    --pid (-p): int                  # only this process
    --comm (-c): string              # only threads of this name
    --flamegraph (-f)                # an SVG instead of the table
    --idle (-i)                      # idle processors too
]: nothing -> any {
    let id = ebpf attach --pid $pid --comm $comm $'profile:($rate)hz' {|ctx|
        # Thread 0 is idleness.
        if $idle or $ctx.tid != 0 { {comm: $ctx.comm, user: $ctx.ustack, kernel: $ctx.kstack} | count }
    }
    sleep $duration
    let came = if $flamegraph { ebpf flamegraph $id --title $'($rate) times a second' } else { ebpf stacks $id }
    ebpf detach $id | ignore
    $came
}
