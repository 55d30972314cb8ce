# lanes: vm-6.1 vm-6.12
# expect: [true, [vfs_read, vfs_write]]
use funclatency.nu
job spawn { while (ebpf list | is-empty) { sleep 20ms }; ^$env.TRIGGER read 500 }
let reads = funclatency vfs_read --comm trigger --duration 3sec
let calls = $reads.count | math sum
while (ebpf list | is-not-empty) { sleep 20ms }
# The loader reads as well.
[($calls >= 500 and $calls < 520) (funclatency 'kprobe:vfs_{read,write}' --duration 2sec --by-function | get function | uniq)]
