# expect: [[length, full, text]; [65, true, true], [64, false, false], [1, false, false], [0, false, false]]
# A `char [65]` that is full, without a NUL, is a string of 65 bytes; nothing beyond it is told.
let full = 1..65 | each { "x" } | str join
let part = 1..64 | each { "x" } | str join
let rows = [[arg0]; [$"($full)yz"] [$part] [x] [""]] | ebpf run {|ctx|
    let name = ($ctx.arg0 | cast 'struct new_utsname' --user).sysname
    {length: ($name | str length), full: ($name == $full), text: $name} | emit
}
$rows.rows | flatten | each {|row| update text { $in == $full } }
