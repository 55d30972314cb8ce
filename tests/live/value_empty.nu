# expect: [false, true, false, true]
# A number of an enum and a device are text in rows, or numbers: neither is ever empty.
[[arg0 arg1]; [6 "abcd"]] | ebpf run {|ctx|
    let flags = $ctx.arg0 | cast 'enum irq_gc_flags'
    let device = $ctx.arg1 | cast dev_t --user
    [($flags | is-empty) ($flags | is-not-empty) ($device | is-empty) ($device | is-not-empty)] | emit
} | get rows.0.0
