# needs: kprobes
# expect: [[[call, least, uid]; [sys_enter_getpid, 3, 0], [sys_exit_getpid, 3, 0]], [2, "7 // ($ctx.pid - $ctx.pid)"], [[key, count]; [trigger, 2]], [[key, count]; [trigger_add, 2]], [[comm, count]; [trigger, 3]], [[count, sum]; [3, 3]], [[key, count]; [trigger, 1]], "ebpf::object::differs"]
# What another kernel's plugin has compiled, without clang (`tests/objects.nu`).
$env.NU_EBPF_CLANG = '/no/such/clang'
cd $env.OBJECTS
let id = ebpf attach --object tracepoint.o
^$env.TRIGGER getpid 1
let rows = [(ebpf trace $id) [(ebpf list | get 0.errors) (ebpf list --errors | get 0.code)] (ebpf counters $id --as count)]
ebpf detach $id
let counted = [[object, run]; [uprobe.o [call 2 7 -1]] [kprobe.o [read 3]] [fexit.o [read 3]] [raw.o [getpid 1]]] | each {|one|
    let id = ebpf attach --object $one.object
    ^$env.TRIGGER ...$one.run
    ebpf counters $id --detach
}
# The enum's numbers are others in each kernel.
let enum = try { ebpf attach --object enum.o } catch {|error| $error.details.code }
[...$rows $counted.0 ($counted.1 | select comm count) ($counted.2 | select count sum) $counted.3 $enum]
