ebpf attach --emit-c 'raw_tracepoint:sched_switch' {|ctx|
    let runqueues = $ctx.cpu
    let other = kernel-var runqueues --cpu ($ctx.cpu + 1)
    {cpu: $runqueues, running: (kernel-var runqueues | get nr_running), other: $other.nr_running?, number: (kernel-var x86_cpu_to_apicid)} | emit
}
