# needs: kprobes
# expect: [[fentry, kprobe, fexit, kretprobe], true, true, [[bytes, file, name, probe, func]; [1, true, "upgrade.txt", "kprobe:vfs_read", vfs_read]], 12, true, [[key, count]; [0, 1], [1, 12]], [0, 0, 0, 0]]
# The values are the same underneath, and nothing is missed.
let file = $nu.temp-dir | path join upgrade.txt
"twelve bytes" | save -f $file
let entry = {|ctx|
    let file = $ctx.args.file
    let name = $file.f_path.dentry.d_name.name
    if $name == "upgrade.txt" {
        {bytes: $ctx.arg2, file: $ctx.arg0, position: $ctx.args.pos, buffer: $ctx.arg1, name: $name, size: $file.f_inode.i_size, probe: $ctx.probe, func: $ctx.func} | emit
    }
}
let return = {|ctx| if $ctx.retval < 2 { $ctx.retval | count } }
let fentry = ebpf attach --comm dd 'kprobe:vfs_read' $entry
let kprobe = ebpf attach --no-upgrade --comm dd 'kprobe:vfs_read' $entry
let fexit = ebpf attach --comm dd 'kretprobe:vfs_read' $return
let kretprobe = ebpf attach --no-upgrade --comm dd 'kretprobe:vfs_read' $return
^dd $"if=($file)" of=/dev/null bs=1 status=none
let rows = [$fentry $kprobe] | each {|id| ebpf trace $id }
let counts = [$fexit $kretprobe] | each {|id| ebpf counters $id | sort-by key }
let first = $rows.0 | take 1 | each {|row| {bytes: $row.bytes, file: ($row.file != 0), name: $row.name, probe: $row.probe, func: $row.func} }
[
    (ebpf list | get underneath) ($rows.0 == $rows.1) ($counts.0 == $counts.1)
    $first (($rows.0 | length) - 1) ($rows.0 | all {|row| $row.size == 12 }) $counts.0 (ebpf list | get missed)
]
