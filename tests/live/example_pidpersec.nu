# needs: speed
# expect: [true, [30]]
use pidpersec.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER forks 30 }
let all = (pidpersec --every 1500ms | first).count >= 30
while (ebpf list | is-not-empty) { sleep 20ms }
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER forks 30 }
[$all (pidpersec --by-comm --every 1500ms | where comm == trigger | first 1 | get count)]
