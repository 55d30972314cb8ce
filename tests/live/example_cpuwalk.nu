# needs: speed
# expect: [[cpu, busy, samples], true, true, true]
# Half a second of processor time, as far as a busy machine gives it within three; every processor is there.
use cpuwalk.nu
job spawn { while (ebpf list | is-empty) { sleep 50ms }; ^$env.TRIGGER spin 500 }
let all = cpuwalk --comm trigger --duration 3sec
let samples = $all.samples | math sum
[($all | columns) ($samples > 0 and $samples < 80) ($all.busy | all { $in >= 0 and $in < 0.9 }) (($all.cpu | sort) == $all.cpu)]
