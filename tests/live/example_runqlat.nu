# kernels: it reads the kernel's structs
# expect: [true, true]
# Two who want one processor wait for it: longer than a millisecond at some time, and not as long as they both take.
use runqlat.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER rivals 300 }
let waits = runqlat --comm trigger --duration 3sec | where count > 0
[(($waits | where low >= 1ms | length) > 0) ($waits.low | all {|low| $low < 3sec })]
