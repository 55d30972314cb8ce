# kernels: it reads the kernel's structs
# expect: [[[comm, fd, error, path]; [trigger, true, null, /dev/null], [trigger, true, null, /dev/null]], [[comm, fd, error, path]; [trigger, null, ENOENT, /nonexistent], [trigger, null, ENOENT, /nonexistent]]]
use opensnoop.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER open 2 /dev/null }
let opened = opensnoop --comm trigger | where path starts-with /dev | first 2 | reject pid | update fd { $in > 2 }
while (ebpf list | is-not-empty) { sleep 20ms }
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER open 2 /nonexistent }
let failed = opensnoop --comm trigger --failed | first 2 | reject pid
[$opened $failed]
