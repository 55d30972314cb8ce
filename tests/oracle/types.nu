# Types that are named: of parameters, of `let` and `mut`; and those that Nushell's parser knows by itself.
def whole [x: int] { $x + 1 }
def texts [x: string, y?: int, z: int = 3] { $"($x)($y)($z)" }
def either [x: oneof<int, string>] { $x }
def anything [x: any, y] { [$x $y] }
def listed [x: list<int>] { $x | length }
def recorded [x: record<a: int>] { $x.a }
def numbers [x: number, ...rest: int] { [$x ...$rest] }
def flagged [--b: int] { $b }
def spans [x: duration, y: filesize, z: bool] { {x: $x, y: $y, z: $z} }
def outer [x: int] { let y: int = $x * 2; mut z: int = $y; $z += 1; whole $z }
{
    records: [[arg0 arg1 arg2]; [0 abc 1] [5 null 0] [-1 "" 2] [7 x null]]
    closures: {
        int: {|ctx| whole $ctx.arg0 | emit }
        "int of two kinds": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 } else { "s" }; whole $x | emit }
        "int or null": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 }; {x: (whole $x)} | emit }
        "caught": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 }; {x: (try { whole $x } catch { "no" })} | emit }
        string: {|ctx| texts ($ctx.arg1 | read-str --len 8) | emit }
        optional: {|ctx| let y = if $ctx.arg0 > 0 { $ctx.arg0 }; {a: (texts "a" $y), b: (texts "b" $y $ctx.arg0), c: (texts "c" 1 $y)} | emit }
        oneof: {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 } else if $ctx.arg0 == 0 { "s" }; {x: (either $x)} | emit }
        any: {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 }; anything $x ($ctx.arg1 | read-str --len 8) | emit }
        list: {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 } else { "s" }; {a: (listed [$ctx.arg0 2]), b: (listed []), d: (listed ([$ctx.arg0 2] | where $it > 1))} | emit }
        record: {|ctx| {a: (recorded {a: $ctx.arg0, b: 1})} | emit }
        number: {|ctx| {a: (numbers $ctx.arg0), b: (numbers 1.5), c: (numbers $ctx.arg0 2 $ctx.arg0)} | emit }
        flag: {|ctx| let y = if $ctx.arg0 > 0 { $ctx.arg0 }; {a: (flagged --b $ctx.arg0), b: (flagged), c: (flagged --b $y)} | emit }
        spans: {|ctx| spans ($ctx.arg0 | into duration) 5kb ($ctx.arg0 > 1) | emit }
        "a body with types": {|ctx| outer $ctx.arg0 | emit }
        let: {|ctx| let x: int = $ctx.arg0; let t: string = $ctx.arg1 | read-str --len 8; {x: $x, t: $t} | emit }
        "let of two kinds": {|ctx| let x: int = if $ctx.arg0 > 0 { $ctx.arg0 } else { "s" }; $x | emit }
        "let of a type or null": {|ctx| let x: oneof<int, nothing> = if $ctx.arg0 > 0 { $ctx.arg0 }; {x: $x} | emit }
        "let any": {|ctx| let x: any = if $ctx.arg0 > 0 { $ctx.arg0 } else { "s" }; $x | emit }
        "let of a record": {|ctx| let x: record = {a: $ctx.arg0}; let y: list<any> = [$ctx.arg0 a]; {x: $x, y: $y} | emit }
        "let of a comparison": {|ctx| let t = $ctx.arg1 | read-str --len 8; let y = $t < "b"; {y: $y} | emit }
        "a comparison that is no variable": {|ctx| let t = $ctx.arg1 | read-str --len 8; {y: ($t < "b")} | emit }
        mut: {|ctx| mut x: int = 3; $x = $ctx.arg0; $x += 1; mut t: string = "a"; $t = ($ctx.arg1 | read-str --len 8); {x: $x, t: $t} | emit }
        "mut of two kinds": {|ctx| mut x: int = 3; $x = (if $ctx.arg0 > 0 { $ctx.arg0 } else { null }); $x | emit }
        "mut any": {|ctx| mut x: any = 3; $x = (if $ctx.arg0 > 0 { $ctx.arg0 } else { "s" }); $x | emit; $x = null; {x: $x} | emit }
        "mut or null": {|ctx| mut x: oneof<int, nothing> = null; if $ctx.arg0 > 0 { $x = $ctx.arg0 }; {x: $x} | emit }
        "mut of a constant": {|ctx| mut x = 3; $x = (if $ctx.arg0 > 0 { $ctx.arg0 } else { "s" }); $x | emit }
        "mut of null": {|ctx| mut x = null; {x: $x} | emit; $x = (if $ctx.arg0 > 0 { 5 } else { null }); {x: $x} | emit }
        "mut of a text": {|ctx| mut x = $"a($ctx.arg0)"; $x | emit; $x = ($ctx.arg1 | read-str --len 8); $x | emit }
        "mut of a branch": {|ctx| mut x = if $ctx.arg0 > 0 { $ctx.arg0 } else { $"a($ctx.arg0)" }; $x | emit; $x = null; let y = try { 10 // $ctx.arg0 } catch { $ctx.arg0 > 1 }; {x: $x, y: $y} | emit; mut z = $ctx.arg0 > 1 and $ctx.arg0 < 9; $z | emit; $z = false; $z | emit; let w = match $ctx.arg0 { 5 => 1, _ => $"($ctx.arg0)!" }; $w | emit }
        "mut of a bool": {|ctx| mut x = $ctx.arg0 > 1; $x | emit; $x = (if $ctx.arg0 > 0 { true } else { null }); $x | emit }
        "mut of what is not known": {|ctx| mut x = $ctx.arg0; $x | emit; $x = "s"; $x | emit; $x = null; {x: $x} | emit }
        closures: {|ctx| let y = if $ctx.arg0 > 0 { $ctx.arg0 }; let f = {|x: int, y: int = 3, ...z: int| [$x $y $z] }; {a: (do $f $ctx.arg0), b: (do $f 1 $ctx.arg0), c: (do $f 1 2 $ctx.arg0 4), d: (try { do $f $y } catch { "no" }), e: (try { do $f 1 $y } catch { "no" }), g: (try { do $f 1 2 $y } catch { "no" })} | emit }
        "optional ones": {|ctx| let f = {|x?, y?: int| [$x $y] }; {a: (do $f), b: (do $f $ctx.arg0), c: (do $f 1 $ctx.arg0), d: (do $f 1 2 3)} | emit }
        "of lists": {|ctx| let f = {|x, y = 3| $x + $y }; let g = {|...x| $x }; let h = {|x: int| $x * 2 }; {a: ([$ctx.arg0 1] | each $f), b: ([1 $ctx.arg0] | each $g), c: ([1 $ctx.arg0] | each $h), d: ([1 $ctx.arg0] | reduce $g)} | emit }
    }
}
