# Captured values of every type, `$env`, constants that Nushell computes, the user's own commands.
let int = 7
let least = -9223372036854775808
let text = "abc"
let empty = ""
let full = "exactly sixteen."
let yes = true
let nothing = null
let span = 90min
let size = 1.5kib
let day = 2024-02-29T12:00:00Z
let list = [1 2 3]
let mixed = [1 "a" null 2.5 1sec [1 2] {a: 1}]
let record = {a: 1, b: {c: [5 6]}, "x y": "z"}
let table = [[n s]; [1 a] [2 bc] [10 größe]]
let range = 1..5
let pattern = '^[a-c]+$'
let bytes = 0x[00 ff 41]
let fraction = 2.5
let double = {|x| $x * 2 }
let adder = {|x| $x + $int }
let path = $.b.c.1
def twice [x] { $x * 2 }
def greet [name: string, --loud, --times: int = 1] { if $loud { $"($name)!" } else { $"($name) ($times)" } }
def most [...xs] { $xs | reduce {|x, m| if $x > $m { $x } else { $m } } }
def clamp [n: int, low: int = 0, high: int = 10] { if $n < $low { return $low }; if $n > $high { return $high }; $n }
def count-down [n] { mut k = $n; mut s = 0; while $k > 0 { $s += $k; $k -= 1 }; $s }
def of-input [] { $in + 1 }
def of-twice [x] { twice (twice $x) }
def nothing-back [] { }
def tell [x] { {told: $x} | emit }
def optional [x?] { $x | default "none" }
def with-default [x, y = 5] { $x - $y }
def rest-of [first, ...more] { {first: $first, more: ($more | length)} }
def --env set-it [] { 1 }
def kind [size: int]: nothing -> int { $size }
def up []: int -> int { $in + 1 }
def flagged [a: int, --b (-c): int = 3]: nothing -> record<x: int> { {x: ($a + $b)} }
def choose [x] { match $x { 0 => "zero", 1..3 => "few", $n if $n < 0 => "neg", _ => "many" } }
{
    records: [[arg0 arg1]; [0 abc] [1 ""] [7 "größe"] [-3 "exactly sixteen."] [11 null] [42 b]]
    closures: {
        "ints": {|ctx| {a: ($ctx.arg0 + $int), b: ($ctx.arg0 > $int), c: ($ctx.arg0 == $int), d: ($least + ($ctx.arg0 mod 5)), e: $least, f: ($int * $int)} | emit }
        "strings": {|ctx| let t = $ctx.arg1 | read-str --len 16; {a: ($t == $text), b: ($t == $empty), c: ($t == $full), d: $text, e: ($t in [$text $empty $full]), f: $"($text)-($t)"} | emit }
        "others": {|ctx| {yes: $yes, nothing: $nothing, span: $span, size: $size, day: $day, bytes: $bytes, fraction: $fraction, n: $ctx.arg0} | emit }
        "others used": {|ctx| {a: ($yes and $ctx.arg0 > 0), b: ($nothing == null), c: ($span + ($ctx.arg0 | into duration)), d: ($size * 2), e: ($day + $span), f: ($ctx.arg0 in $range), g: ($fraction * $ctx.arg0), h: ($nothing | default $ctx.arg0)} | emit }
        "lists": {|ctx| {list: $list, mixed: $mixed, in: ($ctx.arg0 in $list), has: ($mixed has $ctx.arg0), first: ($list | first), each: ($list | each {|x| $x + $ctx.arg0 }), sum: ($list | math sum), n: ($mixed | length), one: $mixed.6.a, more: ($list ++ [$ctx.arg0])} | emit }
        "records": {|ctx| {r: $record, a: ($record.a + $ctx.arg0), c: $record.b.c.1, x: $record."x y", path: ($record | get $path), m: ($record | merge {a: $ctx.arg0}), k: ($record | columns), u: ($record | update a { $in + $ctx.arg0 })} | emit }
        "tables": {|ctx| let row = $table | where n == $ctx.arg0; {rows: $row, names: $table.s, biggest: ($table.n | math max), few: ($table | where n > 1 | get s), any: ($table | any {|r| $r.n == $ctx.arg0 })} | emit }
        "loops": {|ctx| for x in $list { $x + $ctx.arg0 | emit }; for r in $table { if $r.n == 2 { $r | emit } }; for i in $range { if $i == $ctx.arg0 { $i | emit } } }
        "patterns": {|ctx| let t = $ctx.arg1 | read-str --len 16; if $t != null { {a: ($t =~ $pattern), b: ($t =~ ('^gr' + '.')), c: ($t =~ $"^($text)$"), d: ($t starts-with $text)} | emit } }
        "closures": {|ctx| {a: (do $double $ctx.arg0), b: (do $adder $ctx.arg0), c: ($list | each $double), d: (do {|f| do $f 5 } $adder), e: ([$ctx.arg0] | each {|x| do $double (do $adder $x) })} | emit }
        "ranges": {|ctx| {range: $range, n: $ctx.arg0, l: [$range]} | emit }
        "env": {|ctx| let t = $ctx.arg1 | read-str --len 16; {a: $env.NO_COLOR, b: ($t == $env.NO_COLOR), c: ($env.NO_COLOR | into int), d: ($ctx.arg0 == ($env.NO_COLOR | into int)), e: $env.NU_EBPF_NONE?, f: ($env.NU_EBPF_NONE? | default $ctx.arg0), g: ($env.HOME | path basename | is-empty), h: ($env.HOME == $t)} | emit }
        "computed": {|ctx| let net = "10.0.0.0/8" | split row "/"; let bits = $net.1 | into int; let parts = $net.0 | split row "." | each { into int }; {net: $net, bits: $bits, is: ($ctx.arg0 < $bits), first: ($parts.0 + $ctx.arg0), mask: (2 ** $bits - 1), n: ($parts | length)} | emit }
        "computed more": {|ctx| let words = "b,abc,größe" | split row ","; let t = $ctx.arg1 | read-str --len 16; {in: ($t in $words), up: ("abc" | str uppercase), json: ('{"a": [1, 2]}' | from json | get a.1), hex: ("ff" | into int --radix 16), sorted: ([3 1 2] | sort), uniq: ([1 1 2] | uniq), join: (["a" "b"] | str join "-"), rounded: (2.6 | math round), seq: (seq 1 3), hash: ("a" | hash md5), lines: ("a\nb" | lines | length), date: ("2024-01-01T00:00:00Z" | into datetime)} | emit }
        "computed in conditions": {|ctx| if $ctx.arg0 in (seq 0 5) { "low" | emit } else if $ctx.arg0 == ("2a" | into int --radix 16) { "answer" | emit } else { ($list | str join ",") | emit } }
        "def": {|ctx| {a: (twice $ctx.arg0), b: (twice (twice 3)), c: (of-twice $ctx.arg0), d: ($ctx.arg0 | of-input), e: (nothing-back), f: (with-default $ctx.arg0), g: (with-default $ctx.arg0 1), h: (choose $ctx.arg0), i: (set-it)} | emit }
        "def with types": {|ctx| let n = $ctx.arg0; {a: (kind $n), b: (flagged 1), c: (flagged $n --b 5), d: (flagged 2 -c $n)} | emit }
        "def with an input's type": {|ctx| {a: ($ctx.arg0 | up), b: ([1 $ctx.arg0] | each { up })} | emit }
        "def with flags": {|ctx| let t = $ctx.arg1 | read-str --len 16; {a: (greet "x"), b: (greet "x" --loud), c: (greet $"($ctx.arg0)" --times 3), d: (greet ($t | default "?") --times $ctx.arg0)} | emit }
        "def with rest": {|ctx| {a: (most 1 $ctx.arg0 5), b: (most $ctx.arg0), c: (rest-of $ctx.arg0), d: (rest-of 1 2 $ctx.arg0), e: (most ...[3 $ctx.arg0]), f: (most ...$list $ctx.arg0)} | emit }
        "def with defaults": {|ctx| {a: (clamp $ctx.arg0), b: (clamp $ctx.arg0 2), c: (clamp $ctx.arg0 2 8), d: (optional), e: (optional $ctx.arg0)} | emit }
        "def with one loop": {|ctx| {b: (count-down 3), n: $ctx.arg0} | emit }
        "def with a loop": {|ctx| {a: (count-down ($ctx.arg0 mod 12)), b: (count-down 3)} | emit }
        "def that emits": {|ctx| tell $ctx.arg0; for i in 0..1 { tell $i }; tell ($ctx.arg1 | read-str --len 16) }
        "def of text": {|ctx| let t = $ctx.arg1 | read-str --len 16; if $t != null { {a: (greet $t), b: ((greet $t --loud) == "abc!"), c: ($t | optional $in)} | emit } }
        "a closure of one's own": {|ctx| let f = {|a, b| $a + $b }; let h = {|| 5 }; let k = { $in * 2 }; let o = {|x?| $x == null }; {b: (do $f $ctx.arg0 4), d: (do $h), e: ($ctx.arg0 | do $k), o: (do $o), p: (do $o 1)} | emit }
        "a closure with a default": {|ctx| let f = {|a, b = 3| $a + $b }; {a: (do $f 1), b: (do $f $ctx.arg0 4)} | emit }
        "a closure with a rest": {|ctx| let g = {|a, ...r| $r | length }; {c: (do $g 1 2 $ctx.arg0), d: (do $g 1)} | emit }
        "two parameters of one name": {|ctx| let f = {|a, a| $a }; {f: (do $f 1 $ctx.arg0), r: ([1 2 3] | reduce --fold $ctx.arg0 {|c, c| $c })} | emit }
        "a closure that sees": {|ctx| let a = $ctx.arg0; let f = {|x| $x + $a + $int }; let a = 100; {f: (do $f 1), a: $a, in: (do { do $f 2 })} | emit }
        "a closure that fails": {|ctx| let f = {|x| 10 // $x }; {a: (try { do $f $ctx.arg0 } catch { "zero" }), b: (do $f 3)} | emit }
        "returns of lists": {|ctx| let f = {|x| if $x > 5 { return [$x 1] }; [] }; {a: (do $f $ctx.arg0), n: (do $f $ctx.arg0 | length)} | emit }
        "returns of records": {|ctx| let f = {|x| if $x > 5 { return {a: $x} }; {a: 0, b: 1} }; {a: (do $f $ctx.arg0).a, r: (do $f $ctx.arg0)} | emit }
    }
}
