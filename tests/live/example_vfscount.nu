# needs: kprobes
# expect: true
# The loader reads as well.
use vfscount.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER read 500 }
let reads = vfscount --comm trigger --duration 3sec | where function == vfs_read | get 0.count
$reads >= 500 and $reads < 520
