# A stream of two fields under `dd bs=1` into `length`: 100,000 rows from a ring that holds them all, and from the
# default one while it fills.
let id = ebpf attach --comm dd --ring-buffer 8MiB 'tracepoint:syscalls/sys_enter_read' {|ctx| {pid: $ctx.pid, fd: $ctx.fd} | emit }
^dd if=/dev/zero of=/dev/null bs=1 count=100000 status=none
let filled = date now
let rows = ebpf trace --follow $id | first 100000 | length
let took = (date now) - $filled
let stats = ebpf list | where id == $id | get 0
ebpf detach $id

print "stream of two fields, 100,000 reads by dd bs=1, ring 8 MiB"
print ([{rows: $rows, dropped: $stats.dropped, "rows/s": ($rows * 1_000_000_000 // ($took | into int))}])

let id = ebpf attach --comm dd 'tracepoint:syscalls/sys_enter_read' {|ctx| {pid: $ctx.pid, fd: $ctx.fd} | emit }
let reader = job spawn { ebpf trace --follow $id | length | job send 0 }
^dd if=/dev/zero of=/dev/null bs=1 count=100000 status=none
sleep 1sec
let stats = ebpf list | where id == $id | get 0
ebpf detach $id
print "the same, default ring (256 KiB), read while it fills"
print ([{delivered: $stats.events, dropped: $stats.dropped, sum: ($stats.events + $stats.dropped)}])

let dd = which dd | get 0.path
let start = date now
let out = (^timeout 20 bpftrace -e 'tracepoint:syscalls:sys_enter_read /comm == "dd"/ { printf("%d %d\n", pid, args->fd); }' -c $"($dd) if=/dev/zero of=/dev/null bs=1 count=100000 status=none" | complete)
let took = (date now) - $start
let rows = $out.stdout | lines | where $it =~ '^\d+ \d+$' | length
let lost = $out.stderr + $out.stdout | lines | parse --regex 'Lost (?<n>\d+)' | get n | into int | append 0 | math sum
print "bpftrace's printf, the same load, start and end included"
print ([{rows: $rows, lost: $lost, "rows/s": ($rows * 1_000_000_000 // ($took | into int))}])
