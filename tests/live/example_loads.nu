# needs: kprobes
# expect: [[time, one, five, fifteen], true]
# Near what /proc/loadavg says, which is rounded, and may have changed since.
use loads.nu
let row = loads --every 200ms | first
let known = open --raw /proc/loadavg | split row ' ' | first 3 | into float
[($row | columns) ([$row.one $row.five $row.fifteen] | zip $known | all {|pair| ($pair.0 - $pair.1 | math abs) < 0.2 })]
