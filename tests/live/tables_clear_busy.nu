# needs: speed
# expect: 200000
# Clearing while two threads count loses nothing: every hit is in one table.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.pid | count }
let sums = [1 2] | par-each {|part|
    if $part == 1 { ^$env.TRIGGER threads 2 100000; 0 } else {
        1..200 | each { ebpf counters $id --clear | get count | append 0 | math sum } | math sum
    }
}
($sums | math sum) + (ebpf counters $id | get count | append 0 | math sum)
