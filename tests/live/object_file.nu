# expect: [[[call, least]; [sys_enter_getpid, 3], [sys_exit_getpid, 3]], [[key, count]; [trigger, 2]], ["tracepoint:syscalls/sys_{enter,exit}_getpid", tracepoint, 2], [[error, code, line]; [division_by_zero, "7 // ($ctx.pid - $ctx.pid)", 4], [division_by_zero, "7 // ($ctx.pid - $ctx.pid)", 4]], "it was compiled as it is written", [nu_sys_enter_getpid_probe]]
# What is compiled to a file is attached without clang, and is read as if it had been compiled there.
let file = mktemp --suffix .o
let least = 3
ebpf compile --comm trigger 'tracepoint:syscalls/sys_{enter,exit}_getpid' {|ctx|
    {call: $ctx.func, least: $least} | emit
    $ctx.comm | count
    7 // ($ctx.pid - $ctx.pid) | sum
} --output $file
$env.NU_EBPF_CLANG = '/no/such/clang'
let id = ebpf attach --object $file
^$env.TRIGGER getpid 1
let seen = [(ebpf trace $id) (ebpf counters $id --as count) (ebpf list | get 0 | [$in.probe $in.underneath $in.errors])]
let errors = ebpf list --errors | select error code line
ebpf detach $id
# What other loaders make of it.
let dry = ebpf attach --dry-run --object (open --raw $file)
rm $file
[...$seen $errors $dry.underneath.why ($dry.programs | get name | sort)]
