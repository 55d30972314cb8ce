# kernels: iterators
# expect: [[true, true], [true, true]]
# The shell's open files and what it has mapped are those of /proc.
let pid = $nu.pid
# Those that stay open meanwhile: to start a program, the shell opens others, so it lists its own without one.
def links [] { ls -l $"/proc/($in)/fd" | select name target? | compact target }
let before = $pid | links
let files = ebpf iter task_file {|ctx|
    if $ctx.task.pid == $pid { {fd: $ctx.fd, inode: $ctx.file.f_inode.i_ino, flags: $ctx.file.f_flags} }
}
let inodes = ^find -L $"/proc/($pid)/fd" -mindepth 1 -maxdepth 1 -printf '{fd: %f, inode: %i}\n' | lines | each { from nuon }
let after = $pid | links
let same = $before | where {|link| $link in $after } | get name | path basename | into int
let stayed = $files | where fd in $same | select fd inode | sort-by fd
let known = $inodes | where fd in $same | sort-by fd
let mapped = ebpf iter task_vma {|ctx|
    if $ctx.task.pid == $pid and $ctx.vma.vm_file != 0 { $ctx.vma.vm_file.f_inode.i_ino }
}
let maps = open --raw $"/proc/($pid)/maps" | lines | parse -r '^\S+ \S+ \S+ \S+ (?<inode>\d+)' | get inode | into int
[
    [($stayed == $known) ([0 1 2] | all {|fd| $fd in $stayed.fd })]
    [(($mapped | uniq | sort) == ($maps | where $it > 0 | uniq | sort)) (($mapped | length) > 1)]
]
