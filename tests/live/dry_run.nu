# expect: [[programs, maps, helpers, verifier, log, kernel, underneath], [[nu_sys_enter_getpid_probe, true, true]], [[nu_count_map, percpu_hash, 16, 8, 10240]], true, 0]
let report = ebpf attach --dry-run 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.comm | count }
let programs = $report.programs | each {|row| [$row.name ($row.instructions > 10) ($row.verified > 10)] }
let maps = $report.maps | where name == nu_count_map | each { values }
[($report | columns) $programs $maps ("bpf_get_current_comm" in $report.helpers) (ebpf list | length)]
