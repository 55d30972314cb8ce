# expect: [[[flags, plain, same, number, count]; ["IRQ_GC_INIT_MASK_CACHE|IRQ_GC_INIT_NESTED_LOCK|0x214020", "IRQ_GC_INIT_NESTED_LOCK|IRQ_GC_MASK_CACHE_PER_TYPE", true, 2179107, 1]], true]
# A number of an enum of flags has the names of its bits. The number is a text of three letters.
let id = ebpf attach --comm talker 'tracepoint:syscalls/sys_enter_execve' {|ctx|
    let flags = $ctx.filename | cast 'enum irq_gc_flags'
    let same = $flags == "IRQ_GC_INIT_MASK_CACHE|IRQ_GC_INIT_NESTED_LOCK|0x214020"
    {flags: $flags, plain: ($ctx.cpu * 0 + 6 | cast 'enum irq_gc_flags'), same: $same, number: ($flags + 0)} | count
}
^$env.TALKER exec '#@!' | complete | ignore
[(ebpf counters $id | where same) (ebpf list | get 0.errors | $in == 0)]
