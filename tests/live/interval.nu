# kernels: links of the kernel
# expect: [[cpu, probe, late]; [0, "interval:50ms", false], [0, "interval:50ms", false], [0, "interval:50ms", false]]
# On one processor, with the time between.
ebpf attach -s 'interval:50ms' {|ctx|
    let last = 0 | map-get last | default $ctx.ktime
    $ctx.ktime | map-put last 0
    let passed = $ctx.ktime - $last
    {cpu: $ctx.cpu, probe: $ctx.probe, late: ($passed > 0 and ($passed < 40_000_000))} | emit
} | first 3
