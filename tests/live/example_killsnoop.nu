# expect: [[who, signal, target, error]; [1, SIGURG, self, null], [1, SIGWINCH, self, null], [1, SIGKILL, 4194305, ESRCH], [1, null, -4194305, ESRCH]]
use killsnoop.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER signals }
let rows = killsnoop --comm trigger | first 4
let pid = $rows.0.pid
$rows | each {|row| {who: (if $row.pid == $pid and $row.comm == trigger { 1 }), signal: $row.signal, target: (if $row.target == $pid { 'self' } else { $row.target }), error: $row.error} }
