# Operators on durations, filesizes and datetimes: every rule of the table, on the edges.
let edges = [0 1 -1 7 -7 999 1000000 -86400000000001 3600000000000 4611686018427387904 9223372036854775807 -9223372036854775808]
let pairs = $edges | each {|a| [0 1 -1 2 -3 1000000000 9223372036854775807 -9223372036854775808] | each {|b| {arg0: $a, arg1: $b} } } | flatten
{
    records: $pairs
    closures: {
        "compare durations": {|ctx| let a = $ctx.arg0 | into duration; let b = $ctx.arg1 | into duration; {eq: ($a == $b), ne: ($a != $b), lt: ($a < $b), le: ($a <= $b), gt: ($a > $b), ge: ($a >= $b), zero: ($a == 0sec), in: ($a in [1ns 1hr]), has: ([$b] has $a)} | emit }
        "compare filesizes": {|ctx| let a = $ctx.arg0 | into filesize; let b = $ctx.arg1 | into filesize; {eq: ($a == $b), ne: ($a != $b), lt: ($a < $b), le: ($a <= $b), gt: ($a > $b), ge: ($a >= $b), kb: ($a >= 1kb), in: ($a not-in [1b 1mb])} | emit }
        "compare datetimes": {|ctx| let a = 2000-01-01T00:00:00Z + ($ctx.arg0 mod 1000 | into duration); let b = 2000-01-01T00:00:00Z + ($ctx.arg1 mod 1000 | into duration); {eq: ($a == $b), ne: ($a != $b), lt: ($a < $b), le: ($a <= $b), gt: ($a > $b), ge: ($a >= $b), new: ($a > 1999-12-31T23:59:59Z), zone: ($a == 2000-01-01T02:00:00+02:00)} | emit }
        "duration + duration": {|ctx| ($ctx.arg0 | into duration) + ($ctx.arg1 | into duration) | emit }
        "duration - duration": {|ctx| ($ctx.arg0 | into duration) - ($ctx.arg1 | into duration) | emit }
        "filesize + filesize": {|ctx| ($ctx.arg0 | into filesize) + ($ctx.arg1 | into filesize) | emit }
        "filesize - filesize": {|ctx| ($ctx.arg0 | into filesize) - ($ctx.arg1 | into filesize) | emit }
        "datetime + duration": {|ctx| 1970-01-01T00:00:00Z + ($ctx.arg0 | into duration) | emit }
        "datetime + duration twice": {|ctx| 1970-01-01T00:00:00Z + ($ctx.arg0 mod 1000000000 | into duration) + ($ctx.arg1 mod 1000000000 | into duration) | emit }
        "duration + datetime": {|ctx| ($ctx.arg0 | into duration) + 1970-01-01T00:00:00Z | emit }
        "datetime - duration": {|ctx| 1970-01-01T00:00:00Z - ($ctx.arg0 mod 1000000000000000000 | into duration) | emit }
        "datetime - datetime": {|ctx| let a = 1970-01-01T00:00:00Z + ($ctx.arg0 mod 1000000000000000000 | into duration); {a: ($a - 1999-12-31T00:00:00Z), b: (2020-02-02T02:02:02+02:00 - $a)} | emit }
        "int * duration": {|ctx| $ctx.arg0 * ($ctx.arg1 | into duration) | emit }
        "duration * int": {|ctx| ($ctx.arg0 | into duration) * $ctx.arg1 | emit }
        "int * filesize": {|ctx| $ctx.arg0 * ($ctx.arg1 | into filesize) | emit }
        "filesize * int": {|ctx| ($ctx.arg0 | into filesize) * $ctx.arg1 | emit }
        "duration / int": {|ctx| ($ctx.arg0 | into duration) / $ctx.arg1 | emit }
        "duration / int, but not the least": {|ctx| if $ctx.arg0 > -9223372036854775808 { ($ctx.arg0 | into duration) / $ctx.arg1 | emit } }
        "duration / duration": {|ctx| ($ctx.arg0 | into duration) / ($ctx.arg1 | into duration) | emit }
        "filesize / int": {|ctx| ($ctx.arg0 | into filesize) / $ctx.arg1 | emit }
        "filesize / int, but not the least": {|ctx| if $ctx.arg0 > -9223372036854775808 { ($ctx.arg0 | into filesize) / $ctx.arg1 | emit } }
        "filesize / filesize": {|ctx| ($ctx.arg0 | into filesize) / ($ctx.arg1 | into filesize) | emit }
        "duration // int": {|ctx| ($ctx.arg0 | into duration) // $ctx.arg1 | emit }
        "duration // duration": {|ctx| ($ctx.arg0 | into duration) // ($ctx.arg1 | into duration) | emit }
        "filesize // int": {|ctx| ($ctx.arg0 | into filesize) // $ctx.arg1 | emit }
        "filesize // filesize": {|ctx| ($ctx.arg0 | into filesize) // ($ctx.arg1 | into filesize) | emit }
        "duration mod int": {|ctx| ($ctx.arg0 | into duration) mod $ctx.arg1 | emit }
        "duration mod duration": {|ctx| ($ctx.arg0 | into duration) mod ($ctx.arg1 | into duration) | emit }
        "filesize mod int": {|ctx| ($ctx.arg0 | into filesize) mod $ctx.arg1 | emit }
        "filesize mod filesize": {|ctx| ($ctx.arg0 | into filesize) mod ($ctx.arg1 | into filesize) | emit }
        "constants": {|ctx| let d = $ctx.arg0 mod 1000000 | into duration; let f = $ctx.arg0 mod 1000000 | into filesize; {a: ($d + 1sec), b: (1min - $d), c: ($d * 3), d: (3 * $d), e: ($d // 1us), f: ($d mod 7ns), g: ($d / 2), h: ($d / 1ms), i: ($f + 1kib), j: ($f // 1kb), k: ($f mod 1kb), l: ($f / 1.5)} | emit }
        "never the same kind": {|ctx| let d = $ctx.arg0 | into duration; let f = $ctx.arg0 | into filesize; {a: ($d in [0 1sec "x"]), b: ($f in [0sec 1b null]), c: ([$d $f] has $ctx.arg0), d: ([$d $f] == [$d $f])} | emit }
        "math of them": {|ctx| let a = $ctx.arg0 // 4 | into duration; let b = $ctx.arg1 // 4 | into duration; {max: ([$a $b 1hr] | math max), min: ([$a $b] | math min), sum: ([$a $b] | math sum)} | emit }
        "math of sizes": {|ctx| let a = $ctx.arg0 // 4 | into filesize; let b = $ctx.arg1 // 4 | into filesize; {max: ([$a $b 1kb] | math max), min: ([$a $b] | math min), sum: ([$a $b] | math sum)} | emit }
        "math abs": {|ctx| $ctx.arg0 | into duration | math abs | emit }
        "assigned": {|ctx| mut d = $ctx.arg0 mod 1000 | into duration; $d += 1ms; $d *= 2; $d -= 5ns; mut f = $ctx.arg1 mod 1000 | into filesize; $f += 1kb; $f -= 1b; mut t = 2024-02-29T12:00:00Z; $t += $d; {d: $d, f: $f, t: $t} | emit }
        "divided and assigned": {|ctx| mut d = $ctx.arg0 mod 1000 | into duration; $d /= 4; mut f = $ctx.arg0 mod 1000 | into filesize; $f /= 2; {d: $d, f: $f} | emit }
        "branches": {|ctx| let d = $ctx.arg0 | into duration; let kind = if $d < 0sec { "before" } else if $d == 0ns { "now" } else if $d <= 1ms { "soon" } else { "late" }; let size = match ($ctx.arg1 | into filesize) { 0b => "none", 1b => "one", $x if $x > 1kb => "much", _ => "some" }; {kind: $kind, size: $size} | emit }
        "kept": {|ctx| let d = $ctx.arg0 | into duration; let r = {d: $d, f: ($ctx.arg1 | into filesize), t: (2000-01-01T00:00:00Z + ($ctx.arg0 mod 86400000000000 | into duration))}; {r: $r, list: [$d ($r.f) ($r.t)], again: $r.t} | emit }
    }
}
