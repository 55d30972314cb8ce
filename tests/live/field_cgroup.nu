# kernels: it reads the kernel's structs
# expect: [true, true, true, true, true, true]
# A cgroup's id is its folder's inode, its path is found by it: in rows and in keys, in text, at the entry. What is gone
# before anybody asked is `#ID`.
let mounted = ^findmnt -nro TARGET -t cgroup2 | complete | get stdout | lines
let root = if $mounted == [] { let place = mktemp -d; ^mount -t cgroup2 none $place; $place } else { $mounted.0 }
let name = $"nu_ebpf_(random chars -l 8)"
let inside = {|cgroup| mkdir $cgroup; with-env {CGROUP: $cgroup} { ^bash -c 'echo $$ >"$CGROUP/cgroup.procs"; exec "$TRIGGER" getpid 3' } }
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_exit_getpid' {|ctx|
    {id: $ctx.cgroup, path: $ctx.cgroup_path, entry: $ctx.entry.cgroup_path, text: $"in ($ctx.cgroup_path)"} | emit
    $ctx.cgroup_path | count
}
do $inside $"($root)/($name)_a"
let inode = ls -lD $"($root)/($name)_a" | get 0.inode
let row = ebpf trace $id | first
^rmdir $"($root)/($name)_a"
let kept = ebpf counters $id
do $inside $"($root)/($name)_b"
let gone = ls -lD $"($root)/($name)_b" | get 0.inode
^rmdir $"($root)/($name)_b"
let own = open --raw /proc/self/cgroup | lines | where $it starts-with '0::' | get 0 | str substring 3..
^$env.TRIGGER getpid 1
let last = ebpf trace $id | select id path
[
    ($row == {id: $inode, path: $"/($name)_a", entry: $"/($name)_a", text: $"in /($name)_a"})
    ($kept == [{key: $"/($name)_a", count: 3}])
    ($last.0 == {id: $gone, path: $"#($gone)"})
    (($last | last | get path) == $own)
    ($mounted != [] or (^umount $root | complete | get exit_code) == 0)
    ((ebpf counters $id | where key == $"#($gone)" | get count) == [3])
]
