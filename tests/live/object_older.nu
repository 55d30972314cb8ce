# only: vm-6.12 (it takes what the VM of 6.1 has compiled at the same time)
# shell: its own
# expect: [[[comm, count]; [trigger, 3]], [[count, sum]; [3, 3]], [[key, count]; [trigger, 1]], "ebpf::object::differs"]
# What the plugin has compiled on Linux 6.1 (`tests/objects.nu` in the other VM), without clang.
$env.NU_EBPF_CLANG = '/no/such/clang'
# The other VM has been at it since it began, and cases with a shell of their own come last.
for _ in 1..240 { if ($env.OLDER | path exists) { break } else { sleep 1sec } }
if not ($env.OLDER | path exists) { error make {msg: 'there are no objects of Linux 6.1: scripts/test --lane vm-6.1 makes them'} }
cd $env.OLDER
let counted = [[object, run]; [kprobe.o [read 3]] [fexit.o [read 3]] [raw.o [getpid 1]]] | each {|one|
    let id = ebpf attach --object $one.object
    ^$env.TRIGGER ...$one.run
    ebpf counters $id --detach
}
# The enum's numbers are others in each kernel.
let enum = try { ebpf attach --object enum.o } catch {|error| $error.details.code }
[($counted.0 | select comm count) ($counted.1 | select count sum) $counted.2 $enum]
