# expect: [[rows, first, last]; [80000, 1, 80000], [80000, 1, 80000]]
# More rows than a batch of the reader's holds are those of the run that sent them.
[{} {}] | ebpf run --ring-buffer 4MiB {|ctx| for i in 1..80000 { $i | emit } } | each {|run|
    {rows: ($run.rows | length), first: ($run.rows | first), last: ($run.rows | last)}
}
