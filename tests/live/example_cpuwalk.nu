# lanes: host
# expect: [[cpu, busy, samples], true, true, true]
# Half a second of processor time, of two seconds; every processor is there.
use cpuwalk.nu
job spawn { while (ebpf list | is-empty) { sleep 50ms }; ^$env.TRIGGER spin 500 }
let all = cpuwalk --comm trigger --duration 3sec
let samples = $all.samples | math sum
[($all | columns) ($samples > 20 and $samples < 80) ($all.busy | all { $in >= 0 and $in < 0.9 }) (($all.cpu | sort) == $all.cpu)]
