# expect: [{range: 1..3, open: 2.., path: $.a.0.b, late: 2026-01-01T00:00:00+05:00, early: true, list: [trigger, [[], [1..]]]}, range, cell-path, datetime]
# A constant does not travel, so that it can be of any type.
let range = 1..3
let open = 2..
let path = $.a.0.b
let late = 2026-01-01T00:00:00+05:00
let early = 1066-10-14T09:00:00+00:00
let list = [[] [1..]]
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    {range: $range, open: $open, path: $path, late: $late, early: $early, list: [$ctx.comm $list]} | emit
}
^$env.TRIGGER getpid 1
let row = ebpf trace $id | first
[($row | update early { $in == 1066-10-14T09:00:00+00:00 }) ($row.range | describe) ($row.path | describe) ($row.early | describe)]
