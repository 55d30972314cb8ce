# needs: speed
# expect: [true, [cpu, low, high, count, bar]]
# Two want one processor: while one of them runs, the other waits.
use runqlen.nu
job spawn { while (ebpf list | is-empty) { sleep 50ms }; ^$env.TRIGGER rivals 500 }
let lengths = runqlen --comm trigger --duration 4sec | where count > 0
while (ebpf list | is-not-empty) { sleep 20ms }
[(($lengths | where low >= 1 | get count | math sum) > 5) (runqlen --by-cpu --duration 300ms | columns)]
