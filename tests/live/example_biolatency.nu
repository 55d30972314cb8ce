# needs: disk
# expect: [true, true, true]
# Twenty writes at least, each of which took some time, but no minute.
use biolatency.nu
let from = date now
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER blocks here 20 4096 }
let all = biolatency --duration 1500ms | where low != null
while (ebpf list | is-not-empty) { sleep 20ms }
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER blocks here 20 4096 }
let writes = biolatency --duration 1500ms --by-operation | where operation starts-with W and low != null
[(($all.count | math sum) >= 20) (($writes.count | math sum) >= 20) ($all.high | all {|high| $high > 1us and $high < 1min })]
