# expect: [[in_record, text, gone]; [1, 2, null], [11, 12, null]]
# Keys of several fields, of text, and of another width than that they were put by.
let id = ebpf attach --comm trigger $"uprobe:($env.TRIGGER):trigger_add" {|ctx|
    $ctx.arg0 | map-put pairs {who: $ctx.comm, tid: $ctx.tid}
    ($ctx.arg0 + 1) | map-put texts $"($ctx.comm)-($ctx.arg1)"
    $ctx.arg0 | map-put gone $ctx.arg1
    (0 + $ctx.arg1) | map-delete gone
    {
        in_record: ({who: $ctx.comm, tid: ($ctx.tid + 0)} | map-get pairs)
        text: ($"trigger-($ctx.arg1)" | map-get texts)
        gone: ($ctx.arg1 | map-get gone)
    } | emit
}
^$env.TRIGGER pairs 1 5 11 6
ebpf trace $id
