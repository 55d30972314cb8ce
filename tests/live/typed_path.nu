# expect: [[[exe, folder, root]; [true, /proc/sys, /], [true, /proc/sys, /]], [[key, count]; [/run/nu_ebpf_path/a/trigger, 3]], [true]]
# A `struct path` is the path, across mounts up to the root.
let own = $env.TRIGGER
let rows = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    let fs = $ctx.task.fs
    {exe: $ctx.task.mm.exe_file.f_path, folder: $fs.pwd, root: $fs.root} | emit
}
do { cd /proc/sys; ^$env.TRIGGER getpid 2 }
let seen = ebpf trace $rows | update exe { $in == $own }
ebpf detach $rows
mkdir /run/nu_ebpf_path
^mount -t tmpfs none /run/nu_ebpf_path
mkdir /run/nu_ebpf_path/a
cp $own /run/nu_ebpf_path/a/trigger
let keys = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.task.mm.exe_file.f_path | count }
let same = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    if $ctx.task.mm.exe_file.f_path == "/run/nu_ebpf_path/a/trigger" { true | emit }
}
^/run/nu_ebpf_path/a/trigger getpid 3
let mounted = ebpf counters $keys
let found = ebpf trace $same | uniq
^umount /run/nu_ebpf_path
rm /run/nu_ebpf_path
[$seen $mounted $found]
