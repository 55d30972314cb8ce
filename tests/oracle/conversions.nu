# `into …`, `math`, `bits`, `random` and what else turns one number into another.
let edges = [0 1 -1 2 7 -7 9 10 63 64 127 128 255 256 1000 -1000 65536 4294967295 4294967296 1000000000 9223372036854775806 9223372036854775807 -9223372036854775807 -9223372036854775808]
{
    records: ($edges | each {|a| [0 1 -3 9223372036854775807] | each {|b| {arg0: $a, arg1: $b} } } | flatten)
    closures: {
        "into int": {|ctx| {a: ($ctx.arg0 | into int), b: ($ctx.arg0 > 0 | into int), c: ($ctx.arg0 | into duration | into int), d: ($ctx.arg0 | into filesize | into int), e: (1970-01-01T00:00:00Z + ($ctx.arg0 // 2 | into duration) | into int)} | emit }
        "into int of a datetime": {|ctx| 1970-01-01T00:00:00Z + ($ctx.arg0 | into duration) | into int | emit }
        "into bool": {|ctx| {a: ($ctx.arg0 | into bool), b: ($ctx.arg0 == 7 | into bool), c: (if ($ctx.arg1 | into bool) { 1 } else { 2 }), d: (($ctx.arg0 | into bool) and ($ctx.arg1 | into bool))} | emit }
        "into string": {|ctx| {a: ($ctx.arg0 | into string), b: ($ctx.arg0 > 0 | into string), c: ($ctx.arg0 // 2 | into duration | into string), d: ($ctx.arg0 mod 1000000 | into filesize | into string)} | emit }
        "into string compared": {|ctx| {a: (($ctx.arg0 | into string) == "-7"), b: (($ctx.arg0 | into string | str length) > 4), c: (($ctx.arg0 > 0 | into string) == "true"), d: ("25" in ($ctx.arg0 | into string)), e: (($ctx.arg0 | into string) starts-with "-9223372036854775808"), f: (($ctx.arg0 | into string) =~ '^-?[0-9]+$'), g: ($ctx.arg0 | into string | into int)} | emit }
        "into duration": {|ctx| {a: ($ctx.arg0 | into duration), b: ($ctx.arg1 | into duration | into duration), c: (($ctx.arg0 | into duration) > 1us)} | emit }
        "into duration --unit ns": {|ctx| {a: ($ctx.arg0 | into duration --unit ns), b: ($ctx.arg0 mod 1000 | into duration --unit us), c: ($ctx.arg0 mod 1000 | into duration --unit ms), d: ($ctx.arg0 mod 1000 | into duration -u sec)} | emit }
        "into duration --unit min": {|ctx| let n = $ctx.arg0 mod 100; {a: ($n | into duration --unit min), b: ($n | into duration --unit hr), c: ($n | into duration --unit day), d: ($n | into duration --unit wk), e: ($n | into duration --unit µs)} | emit }
        "into duration --unit sec": {|ctx| $ctx.arg0 // 2000000000 | into duration --unit sec | emit }
        "into duration --unit wk": {|ctx| $ctx.arg0 // 1209600000000000 | into duration --unit wk | emit }
        "into filesize": {|ctx| {a: ($ctx.arg0 | into filesize), b: ($ctx.arg1 | into filesize | into filesize), c: (($ctx.arg0 | into filesize) > 1kb)} | emit }
        "into datetime": {|ctx| {a: ($ctx.arg0 | into datetime), b: ($ctx.arg0 // 2 | into datetime | into int), c: ($ctx.arg1 | into datetime | into datetime), d: (($ctx.arg0 | into datetime) > 1970-01-01T00:00:00Z), e: ([$ctx.arg0 1] | each {|n| $n | into datetime})} | emit }
        "into binary": {|ctx| {a: ($ctx.arg0 | into binary), b: ($ctx.arg1 | into binary)} | emit }
        "math abs": {|ctx| $ctx.arg0 | math abs | emit }
        "math abs of a list": {|ctx| [$ctx.arg0 $ctx.arg1 -5] | math abs | emit }
        "math max": {|ctx| {a: ([$ctx.arg0 $ctx.arg1] | math max), b: ([$ctx.arg0] | math max), c: ([-9223372036854775808 $ctx.arg0] | math max), d: ([$ctx.arg0 $ctx.arg1 5 (0 - 5)] | math max)} | emit }
        "math min": {|ctx| {a: ([$ctx.arg0 $ctx.arg1] | math min), b: ([$ctx.arg1] | math min), c: ([9223372036854775807 $ctx.arg0] | math min), d: ([$ctx.arg0 $ctx.arg1 5 (0 - 5)] | math min)} | emit }
        "math sum": {|ctx| [$ctx.arg0 $ctx.arg1] | math sum | emit }
        "math sum of three": {|ctx| let a = $ctx.arg0 mod 1000; {a: ([$a 1 $a] | math sum), b: ([$a] | math sum), c: ([1 2 3] | math sum), d: ([$a ($a | into int)] | math sum)} | emit }
        "math of ranges": {|ctx| {a: (1..10 | math sum), b: (1..10 | math max), c: (3..-3 | math min)} | emit }
        "bits and": {|ctx| {a: ($ctx.arg0 | bits and $ctx.arg1), b: ($ctx.arg0 | bits and 255), c: ([$ctx.arg0 7] | bits and 3)} | emit }
        "bits or": {|ctx| {a: ($ctx.arg0 | bits or $ctx.arg1), b: ($ctx.arg0 | bits or 1), c: ([$ctx.arg0 7] | bits or 8)} | emit }
        "bits xor": {|ctx| {a: ($ctx.arg0 | bits xor $ctx.arg1), b: ($ctx.arg0 | bits xor -1), c: ([$ctx.arg0 7] | bits xor 5)} | emit }
        "random int": {|ctx| let n = random int 0..9; let m = random int (-5)..(-3); let one = random int 7..7; let big = random int 0..4294967295; {a: ($n in 0..9), b: ($m in -5..-3), c: $one, d: ($big >= 0), e: ($n == $n)} | emit }
        "ignore": {|ctx| let x = $ctx.arg0 | ignore; {x: $x, y: ([1 2] | ignore)} | emit }
        "lists": {|ctx| {a: ([$ctx.arg0 1] | into string), b: ([$ctx.arg0 0] | into bool), d: ([$ctx.arg0 1] | into filesize), e: ([($ctx.arg0 > 0) false] | into int)} | emit }
        "chained": {|ctx| {a: ($ctx.arg0 | into duration | into int | into bool), b: ($ctx.arg0 | bits and 15 | bits or 16 | into filesize), c: ([($ctx.arg0 | bits and 15) 3] | math max | into duration --unit ms)} | emit }
    }
}
