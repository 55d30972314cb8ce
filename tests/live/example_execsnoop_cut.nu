# expect: [[4095, false], [4096, false], [4097, true], [4097, true]]
# Arguments beyond 4096 bytes are cut, and the last of them is marked; those that end there are whole.
use execsnoop.nu
# What the kernel has: the program's path, `getpid`, `1`, and one more, each with its NUL.
let before = ($env.TRIGGER | str length) + 1 + 7 + 2 + 1
job spawn {
    while (ebpf list | is-empty) { sleep 100ms }
    for size in [4095 4096 4097 5000] { ^$env.TRIGGER getpid 1 ('' | fill --width ($size - $before) --character x) }
}
let started = execsnoop | where program == $env.TRIGGER | first 4
$started | each {|row|
    let size = ($row.args | drop | each { ($in | str length) + 1 } | math sum) + ($row.args | last | str length) + 1
    [(if $size > 4097 { 4097 } else { $size }) ($row.args | last | str ends-with '…')]
}
