# needs: kprobes
# expect: [[[name, asked, got, count]; ["entry.txt", 1, 0, 1], ["entry.txt", 1, 1, 12]], [0]]
# A return's entry has its arguments by name, with their types; what they lead to is read at the return.
let file = $nu.temp-dir | path join entry.txt
"twelve bytes" | save -f $file
let id = ebpf attach --comm dd 'kretprobe:vfs_read' {|ctx|
    let name = $ctx.entry.args.file.f_path.dentry.d_name.name
    if $name == "entry.txt" { {name: $name, asked: $ctx.entry.args.count, got: $ctx.retval} | count }
}
^dd $"if=($file)" of=/dev/null bs=1 status=none
[(ebpf counters $id | sort-by got) (ebpf list | get errors)]
