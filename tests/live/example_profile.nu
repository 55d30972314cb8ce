# needs: speed
# expect: [true, true, true, true]
# A second of processor time, in `main` and what it calls; as a table, and as a flame graph.
use profile.nu
def busy [] { job spawn { while (ebpf list | is-empty) { sleep 50ms }; ^$env.TRIGGER spin 1000 } | ignore }
busy
let stacks = profile --comm trigger --duration 3sec
let samples = $stacks.count | math sum
while (ebpf list | is-not-empty) { sleep 20ms }
busy
let graph = profile --comm trigger --duration 3sec --flamegraph
[
    ($samples > 60 and $samples < 140)
    (($stacks | where {|row| $row.user | any {|frame| $frame.function == main and ($frame.module ends-with trigger) } } | get count | math sum) > 50)
    ($graph starts-with '<?xml')
    ($graph =~ '>main \([0-9]+ events')
]
