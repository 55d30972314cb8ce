# Records: chosen, changed, merged, compared; columns that are not there.
{
    records: [[arg0 arg1]; [0 1] [1 2] [5 -3] [-7 9223372036854775807] [9223372036854775807 0]]
    closures: {
        get: {|ctx| let r = {a: $ctx.arg0, b: {c: [$ctx.arg1 2]}}; {a: ($r | get a), b: ($r | get b.c.0), c: ($r.b.c.1), d: ($r | get -o x), e: ($r.x?), f: ($r.b?.c?.0), g: ($r | get a b.c), h: ($r.b.x?.y?)} | emit }
        select: {|ctx| let r = {a: $ctx.arg0, b: {c: $ctx.arg1}, d: 1}; {a: ($r | select a), b: ($r | select d a), c: ($r | select a x?), d: ($r | select -o x a), e: ($r | select b.c), f: ([$r $r] | select a)} | emit }
        "select of the context": {|ctx| {a: ($ctx | select arg0 arg1), b: ($ctx | get arg1), c: ($ctx | select arg0 | get arg0)} | emit }
        reject: {|ctx| let r = {a: $ctx.arg0, b: $ctx.arg1, c: 1}; {a: ($r | reject a), b: ($r | reject a c), c: ($r | reject x?), d: ($r | reject -o x b), e: ([$ctx.arg0 2 3] | reject 1), f: ([$r] | reject a b)} | emit }
        "reject of rows": {|ctx| let l = [$ctx.arg0 $ctx.arg1 30]; let t = [{a: $ctx.arg0, b: 1} {a: 2, b: $ctx.arg1} {a: 3, b: 4}]; {a: ($l | reject 0 1), b: ($l | reject 0 2), c: ($l | reject 2 1 0), d: ($l | reject 1 0 1), e: ($l | reject 0 0), f: ($t | reject 0 a), g: ($t | reject b 2 0), h: ($t | reject 1 | reject 1), i: ({x: 1, y: $ctx.arg0} | reject x x), j: ($l | reject -o 1 2)} | emit }
        columns: {|ctx| let r = {a: $ctx.arg0, "b c": 2}; {a: ($r | columns), b: ($r | columns | length), c: ("a" in ($r | columns)), d: ({} | columns)} | emit }
        values: {|ctx| let r = {a: $ctx.arg0, b: $ctx.arg1}; {a: ($r | values), b: ($r | values | math max), c: ({} | values)} | emit }
        insert: {|ctx| let r = {a: $ctx.arg0}; {a: ($r | insert b $ctx.arg1), b: ($r | insert b {|x| $x.a > 1 }), c: ($r | insert b {x: 1} | insert b.y 2), d: ($r | insert b.c.d 5)} | emit }
        update: {|ctx| let r = {a: $ctx.arg0, b: {c: 1}}; {a: ($r | update a 5), b: ($r | update a {|x| $x.a > 1 }), c: ($r | update b.c { $in + 1 }), d: ($r | update a "x" | update a null), e: ([[x]; [$ctx.arg0]] | update x 3)} | emit }
        upsert: {|ctx| let r = {a: $ctx.arg0}; {a: ($r | upsert a 5), b: ($r | upsert b 6), c: ($r | upsert a {|x| $x.a < 0 }), d: ($r | upsert b {|x| $x.a == 1 }), e: ($r | upsert b.c 7), f: ([[x]; [$ctx.arg0]] | upsert y 3)} | emit }
        "update a row": {|ctx| {e: ([1 $ctx.arg0] | update 1 9), f: ([$ctx.arg0] | upsert 0 3), g: ([{x: $ctx.arg0}] | update 0.x 9), h: ([$ctx.arg0 2] | update 0 { $in > 1 })} | emit }
        "write into lists": {|ctx| {a: ([$ctx.arg0 2] | insert 1 9), b: ([$ctx.arg0 2] | insert 2 9), c: ([$ctx.arg0] | insert 0 {x: 1}), d: ([$ctx.arg0 2] | upsert 2 9), e: ({l: [1 2]} | insert l.1 $ctx.arg0)} | emit }
        merge: {|ctx| let r = {a: $ctx.arg0, b: 1}; {a: ($r | merge {b: $ctx.arg1, c: 3}), b: ($r | merge {}), c: ({} | merge $r), d: ({...$r, z: 1}), e: ({z: 0, ...$r}), f: ({...{}, ...$r})} | emit }
        default: {|ctx| let r = {a: $ctx.arg0, n: null}; {a: ($r | default 5 n), b: ($r | default 5 a x), c: ($r.n | default 7), d: ($r.x? | default $ctx.arg1), e: ($ctx.arg0 | default 9), f: ($r | default {[1 2]} n), g: (null | default "x"), h: ($r.n | default { $ctx.arg0 > 1 })} | emit }
        "==": {|ctx| let r = {a: $ctx.arg0, b: "x"}; {a: ($r == {a: 1, b: "x"}), b: ($r != {a: 1, b: "x"}), c: ($r == {b: "x", a: 1}), d: ($r == {a: 1}), e: ({} == {}), f: ($r == $r), g: ({r: $r} == {r: {a: 5, b: "x"}}), h: ($r in [{a: 0, b: "x"} {a: 1, b: "x"}])} | emit }
        in: {|ctx| let r = {a: $ctx.arg0, b: null}; {a: ("a" in $r), b: ("c" in $r), c: ($r has "b"), d: ($r not-has "z"), e: ("b" not-in $r)} | emit }
        nested: {|ctx| let r = {a: {b: {c: $ctx.arg0}}, l: [{x: 1} {x: $ctx.arg1}]}; {a: $r.a.b, b: ($r.l | get x), c: $r.l.1.x, d: ($r | update a.b.c 0 | get a), e: ($r.l.x.0), f: ($r | get l.0)} | emit }
        names: {|ctx| let r = {"a b": $ctx.arg0, "x.y": 1, "0": 2, "größe": 3, "$": 4, "": 5}; {r: $r, s: $r."a b", d: $r."x.y", z: $r."0", g: $r.größe, e: ($r | get "$")} | emit }
        cells: {|ctx| mut r = {a: $ctx.arg0, l: [1 2]}; $r.a = 5; $r.l.0 = $ctx.arg1; $r.b = {c: 1}; $r.b.c += 2; $r.b.d = "x"; $r.l.1 *= 3; {r: $r, l: $r.l} | emit }
        "keys in order": {|ctx| let r = {b: 1} | insert a $ctx.arg0 | merge {b: 2, c: 3} | upsert b 4 | reject c | insert c 5; {r: $r, c: ($r | columns)} | emit }
        "where there may be more": {|ctx| let r = if $ctx.arg0 > 0 { {a: $ctx.arg0} } else { {a: 0, b: $ctx.arg1} }; {a: $r.a, b: $r.b?, has: ("b" in $r), n: ($r | columns | length), all: ($r | values), m: ($r | merge {z: 1})} | emit }
        "a column that may be missing": {|ctx| let r = if $ctx.arg0 > 0 { {a: 1} } else { {b: 2} }; $r.a | emit }
        "two kinds": {|ctx| let r = if $ctx.arg0 > 0 { {a: 1} } else if $ctx.arg1 > 1 { [7] } else { 5 }; {d: (try { $r.a } catch { "no" }), e: (try { $r.0 } catch { "none" }), r: $r} | emit }
    }
}
