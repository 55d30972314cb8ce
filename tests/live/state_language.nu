# expect: [[1, 3, 6], [2, 4, 6, null], [[1, 2]], [15], [[5, [2, x]], x], [["n5", false, 2]], [null, false], [[2, 4]], [no], [three], [[1]], [7]]
# State in loops, lists, branches, `try`, `match` and users' own commands.
def rows [closure: closure, args: list<int> = [5]] { $args | wrap arg0 | ebpf run $closure | get rows | flatten }
def twice [x: int] { ($x | map-get m | default 1) * 2 }
[
    (rows {|ctx| let n = (0 | map-get n | default 0) + $ctx.arg0; $n | map-put n 0; $n | emit } [1 2 3])
    (rows {|ctx| for i in 1..$ctx.arg0 { ($i * 2) | map-put double $i }; for i in 1..4 { $i | map-get double | emit } } [3])
    (rows {|ctx| [1 2 3] | each {|i| $i | map-put last ($i + 1); $i | map-get last } | emit })
    (rows {|ctx| mut i = 0; while $i < $ctx.arg0 { $i += 1; let before = ($i - 1) | map-get sums | default 0; ($before + $i) | map-put sums $i }; $ctx.arg0 | map-get sums | emit })
    (rows {|ctx| [$ctx.arg0 [2 x]] | map-put l {k: 1, j: k}; {k: 1, j: k} | map-get l | emit; ({k: 1, j: k} | map-get l).1.1 | emit })
    (rows {|ctx| $"n($ctx.arg0)" | map-put l 1; let t = 1 | map-get l; [$t ($t == n50) ($t | default '' | str length)] | emit })
    (rows {|ctx| 1 | map-put m 1; (7 | map-get m) | map-get m | emit; null | map-contains m | emit })
    (rows {|ctx| let a = twice 1; $a | map-put m 1; [$a (twice 1)] | emit })
    (rows {|ctx| try { (9 | map-get m) + 1 | emit } catch { 'no' | emit }; 1 | map-put m 1 })
    (rows {|ctx| 3 | map-put m 1; match (1 | map-get m) { null => 'none', 3 => 'three', _ => 'other' } | emit })
    (rows {|ctx| 3 | map-put m 1; [1 2] | where {|k| $k | map-contains m } | emit })
    (rows {|ctx| mut x = (1 | map-get m); 3 | map-put m 1; $x = 7; $x | emit })
]
