# expect: [[[n, last, known]; [1, null, false], [2, 7, true], [3, 8, true], [4, null, true]], 0]
# A value is looked up before the place in the text where it is put; null drops what was there.
let id = ebpf attach --comm trigger $"uprobe:($env.TRIGGER):trigger_add" {|ctx|
    let n = ($ctx.tid | map-get calls | default 0) + 1
    let known = $ctx.tid | map-contains args
    let last = $ctx.tid | map-get args
    $n | map-put calls $ctx.tid
    if $n == 3 { null | map-put args $ctx.tid; true | map-put args2 0 } else { {a: $ctx.arg0, who: $ctx.comm} | map-put args $ctx.tid }
    {n: $n, last: $last.a?, known: ($known or (0 | map-contains args2))} | emit
}
^$env.TRIGGER pairs 7 0 8 0 9 0 10 0
[(ebpf trace $id) (ebpf list | get full.0)]
