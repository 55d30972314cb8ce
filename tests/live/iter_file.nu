# expect: [[true, true], [true, true]]
# The shell's open files and what it has mapped are those of /proc.
let pid = $nu.pid
let files = ebpf iter task_file {|ctx|
    if $ctx.task.pid == $pid { {fd: $ctx.fd, inode: $ctx.file.f_inode.i_ino, flags: $ctx.file.f_flags} }
}
let stayed = $files | where {|row| $"/proc/($pid)/fd/($row.fd)" | path exists }
let known = $stayed | each {|row| ^stat -L -c %i $"/proc/($pid)/fd/($row.fd)" | into int }
let mapped = ebpf iter task_vma {|ctx|
    if $ctx.task.pid == $pid and $ctx.vma.vm_file != 0 { $ctx.vma.vm_file.f_inode.i_ino }
}
let maps = open --raw $"/proc/($pid)/maps" | lines | parse -r '^\S+ \S+ \S+ \S+ (?<inode>\d+)' | get inode | into int
[
    [($stayed.inode == $known) ([0 1 2] | all {|fd| $fd in $files.fd })]
    [(($mapped | uniq | sort) == ($maps | where $it > 0 | uniq | sort)) (($mapped | length) > 1)]
]
