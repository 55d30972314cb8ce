# expect: [[count, same, module]; [2, true, again], [1, true, trigger]]
# One process runs two programs, at the same addresses: each stack is of its own. Both files are gone when it is read.
let folder = mktemp --directory --tmpdir
mkdir ($folder | path join 1) ($folder | path join 2)
let first = $folder | path join 1/trigger
let second = $folder | path join 2/trigger
cp $env.TRIGGER $first; cp $env.TRIGGER $second
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| {tgid: $ctx.tgid, stack: $ctx.ustack} | count }
^setarch -R $first exec $second stack 2
rm --recursive $folder
let rows = ebpf stacks $id
let places = $rows | each {|row| $row.stack.address | take 4 }
$rows | each {|row|
    let names = $row.stack.function | take 4
    let same = ($row.tgid == $rows.0.tgid) and ($row.stack.address | take 4) == $places.0 and $names.3 == trigger_a
    {count: $row.count, same: $same, module: (if $row.stack.0.module == $second { "again" } else { $row.stack.0.module | path basename })}
}
