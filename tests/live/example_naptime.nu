# expect: [[ppid, pcomm, comm, asked, error]; [true, nu, trigger, 20000000ns, null], [true, nu, trigger, 20000000ns, null]]
use naptime.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER nap 2 20 }
let naps = naptime --comm trigger | first 2
$naps | where took >= 20ms | update ppid { $in == $nu.pid } | select ppid pcomm comm asked error
