# kernels: values of threads lie in task storage, or in a hash
# expect: [[false, true], [3], [[true, null]], [[false, null, null, false]], [[1, 1]], [[7, 8]], [9]]
# Several lookups in one condition; strings that cannot be read: null is no key, and to put null is to delete.
def rows [closure: closure, args: list<int> = [5]] { $args | wrap arg0 | ebpf run $closure | get rows | flatten }
[
    (rows {|ctx| let a = $ctx.arg0 | map-contains m; let b = 3 | map-contains m; let c = not $a and not $b; 1 | map-put m $ctx.arg0; ($a or $b) | emit } [5 5])
    (rows {|ctx| [1 2] | each {|k| 7 | map-put m $k; $k | map-get m }  | length | $in + 1 | emit })
    (rows {|ctx| let a = $ctx.arg0 | map-get m; let b = 9 | map-get m; if $a != null or $b != null { 'none' | emit }; 1 | map-put m 1; [($a == null) $b] | emit })
    (rows {|ctx|
        let bad = 16 | read-str
        1 | map-put m $bad
        1 | map-put n 2
        $bad | map-put texts 1
        $bad | map-put texts 2
        start-timer --key $bad
        [($bad | map-contains m) ($bad | map-get m) (stop-timer --key $bad) (1 | map-contains texts)] | emit
    })
    (rows {|ctx| let k = 2 | map-get owner; 1 | map-put owner 2; if $k != null { 1 | map-put m $k }; let again = 2 | map-get owner; $again | map-put m $again; [$again ($again | map-get m)] | emit })
    (rows {|ctx| 'x' | map-put m 'a'; $ctx.comm | count --as b; 7 | map-put n $ctx.comm; 8 | map-put n 'y'; [($ctx.comm | map-get n) ('y' | map-get n)] | emit })
    (rows {|ctx| 1 | map-put m 1 --max-entries 9; 2 | map-put m 2 --max-entries 1; for i in 1..12 { $i | map-put m $i }; 1..12 | each {|i| $i | map-get m } | length | emit })
]
