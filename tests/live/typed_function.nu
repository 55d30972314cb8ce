# needs: kprobes
# expect: [[[inode, size, mode, asked, count]; [true, 12, 33188, 1, 13]], [[got, asked, count]; [0, 1, 1], [1, 1, 12]], [[name, asked, count]; ["typed.txt", 1, 13]], [[key, count]; [1, 12]]]
# A kernel's function by its arguments' names, as kprobe, fexit, fentry and kretprobe have them.
let file = $nu.temp-dir | path join typed.txt
"twelve bytes" | save -f $file
let inode = ls -l $file | get 0.inode
let kprobe = ebpf attach 'kprobe:vfs_read' {|ctx|
    let file = $ctx.args.file
    if $file.f_path.dentry.d_name.name == "typed.txt" {
        {inode: ($file.f_inode.i_ino == $inode), size: $file.f_inode.i_size, mode: $file.f_inode.i_mode, asked: $ctx.args.count} | count
    }
}
let fexit = ebpf attach 'fexit:vfs_read' {|ctx|
    if $ctx.args.file.f_path.dentry.d_name.name == "typed.txt" { {got: $ctx.retval, asked: $ctx.args.count} | count }
}
let fentry = ebpf attach 'fentry:vfs_read' {|ctx|
    let name = $ctx.args.file.f_path.dentry.d_name.name
    if $name == "typed.txt" { {name: $name, asked: $ctx.args.count} | count }
}
let kretprobe = ebpf attach --comm dd 'kretprobe:vfs_read' {|ctx| if $ctx.retval == 1 { $ctx.retval | count } }
^dd $"if=($file)" of=/dev/null bs=1 status=none
[(ebpf counters $kprobe) (ebpf counters $fexit | sort-by got) (ebpf counters $fentry) (ebpf counters $kretprobe)]
