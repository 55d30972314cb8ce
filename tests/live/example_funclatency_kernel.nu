# needs: kprobes
# expect: [true, [vfs_open, vfs_read]]
use funclatency.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER read 500 }
let each = funclatency 'vfs_{open,read}' --comm trigger --duration 3sec --by-function
let reads = $each | where function == vfs_read | get count | math sum
# The loader reads as well.
[($reads >= 500 and $reads < 520) ($each.function | uniq | sort)]
