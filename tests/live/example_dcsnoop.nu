# needs: kprobes
# expect: [[[cached, name]; [true, dev], [true, "null"], [true, dev], [true, "null"]], [nonexistent]]
use dcsnoop.nu
^$env.TRIGGER open 1 /dev/null
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER open 2 /dev/null }
let found = dcsnoop --comm trigger | where name in [dev "null"] | first 4 | select cached name
while (ebpf list | is-not-empty) { sleep 20ms }
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER open 1 /nonexistent }
[$found (dcsnoop --comm trigger --missed | where name == nonexistent | first 1 | get name)]
