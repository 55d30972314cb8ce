# `update`, `upsert` and `insert` at a row's number: a closure gets what is there, as its parameter and as its input.
{
    records: [[arg0 arg1]; [0 1] [1 2] [5 -3] [-7 100]]
    closures: {
        "update an item": {|ctx| {a: ([3 $ctx.arg0] | update 1 {|x| $x + 1 }), b: ([3 $ctx.arg0] | update 0 { $in * 2 }), c: ([$ctx.arg0] | update 0 {|x| [$x $in] })} | emit }
        "update a column": {|ctx| let t = [[a]; [1] [$ctx.arg0]]; {a: ($t | update 1.a {|r| $r }), b: ($t | update 1.a {|r| $r + $in }), c: ($t | update 0.a {|r| [$r $in] }), d: ($t | update 1 {|r| $r.a > 1 })} | emit }
        "upsert an item": {|ctx| {a: ([3 $ctx.arg0] | upsert 1 {|x| $x > 1 }), b: ([3 $ctx.arg0] | upsert 2 {|x| [$x $in $ctx.arg1] })} | emit }
        "upsert a column": {|ctx| let t = [[a]; [1] [$ctx.arg0]]; {a: ($t | upsert 0.a {|r| $r }), b: ($t | upsert 1.a {|r| $r * 2 }), c: ($t | upsert 1.b {|r| [$r $in] }), d: ($t | upsert 2 {|r| [$r $in] })} | emit }
        "insert an item": {|ctx| {a: ([3 $ctx.arg0] | insert 1 {|x| [$x $in] }), b: ([3 $ctx.arg0] | insert 2 {|x| [$x $in] }), c: ([[a]; [1] [$ctx.arg0]] | insert 1.b {|r| [$r $in] })} | emit }
        "of a column": {|ctx| let r = {a: [1 $ctx.arg0]}; {a: ($r | update a.1 {|r| $r.a.0 + $in }), b: ($r | upsert a.1 {|r| $r.a.0 }), c: ({t: [[n]; [$ctx.arg0]]} | update t.0.n {|r| $in + 1 })} | emit }
        "that may be missing": {|ctx| let t = [[a]; [1] [$ctx.arg0]]; {a: ($t | update 5? 1), b: ($t | update 5? {|r| 1 }), c: ($t | update 1.b? 3), d: ($t | update 1.a? {|r| $r + 1 })} | emit }
        "of two kinds": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 } else { "a" }; {a: ([1 $x] | update 1 {|v| $v == 1 }), b: ([[a]; [$x]] | update 0.a {|v| [$v] })} | emit }
    }
}
