# Where an optional member is missing, the whole rest of its path is null; where it is there, the rest must be as well.
let limits = [[name max]; [low 10] [mid 40]]
{
    records: [[arg0 arg1]; [0 3] [5 20] [30 41] [41 7] [-1 10]]
    closures: {
        "a record that lacks it": {|ctx| let r = {z: $ctx.arg0}; {a: $r.x?.y, b: $r.x?.y.z.0, c: ($r | get x?.y), d: ($r | get -o x.y), e: ($r.x?.y | default 7), f: ($r.z?)} | emit }
        "null or a record": {|ctx| let r = if $ctx.arg0 > 5 { {x: {y: $ctx.arg1}} }; {a: $r.x?.y, b: ($r.x?.y | default 1), c: ($r.x?.y == null), d: ($r | get x?.y)} | emit }
        "two records": {|ctx| let r = if $ctx.arg0 > 5 { {x: {y: $ctx.arg1}} } else { {z: 1} }; {a: $r.x?.y, b: ($r | get x?.y), c: (if $r.x?.y != null { "there" } else { "none" })} | emit }
        "missing further in": {|ctx| let r = if $ctx.arg0 > 5 { {x: {y: {z: 3}}} } else { {x: {w: $ctx.arg1}} }; {a: $r.x.y?.z, b: ($r | get x.y?.z | default 2)} | emit }
        "there, but null": {|ctx| let r = if $ctx.arg0 > 5 { {x: {y: $ctx.arg1}} } else { {x: null} }; $r.x?.y | emit }
        "there, without the rest": {|ctx| let r = if $ctx.arg0 > 5 { {x: {y: $ctx.arg1}} } else { {x: {z: 1}} }; $r.x?.y | emit }
        "a list that is empty": {|ctx| let l = if $ctx.arg0 > 5 { [[1 $ctx.arg1]] } else { [] }; {a: $l.0?.1, b: ($l | get 0?.1), c: $l.5?.1.x} | emit }
        "a row of a constant table": {|ctx| $limits | where max >= $ctx.arg1 | get 0?.name | default "high" | emit }
        "a row that where left": {|ctx| let l = [[a]; [{b: 1}] [{b: $ctx.arg0}]] | where a.b > 2; {a: $l.0?.a.b, b: ($l | get 0?.a.b | default 9), c: ($l.1?.a.b == null), d: $l.0?.a.c?.d} | emit }
        "rows of two kinds": {|ctx| let l = [{a: {b: $ctx.arg0}} {c: $ctx.arg1}] | where {|r| ($r.c? | default 1) > 5 or ($r.a?.b | default 0) > 5 }; {a: $l.0?.a?.b, n: ($l | length)} | emit }
        "select": {|ctx| let r = if $ctx.arg0 > 5 { {x: {y: $ctx.arg1}} } else { {z: 1} }; {a: ($r | select x?.y), b: ([$r] | select x?.y)} | emit }
        "in update": {|ctx| let r = if $ctx.arg0 > 5 { {x: {y: $ctx.arg1}} } else { {z: 1} }; {a: ($r | update x?.y 5), b: ($r | upsert q {|it| $it.x?.y | default 0 })} | emit }
    }
}
