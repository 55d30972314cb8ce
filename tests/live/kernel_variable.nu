# needs: kprobes
# expect: [[true, true, true, 0, null, true, true]]
# What each processor has its own of, with its type; one for all by its address, as `ebpf symbol` has it.
let place = ebpf symbol jiffies_64 | get 0.address
# They begin five minutes before they no longer fit 32 bits (INITIAL_JIFFIES), 250 a second.
let start = 2 ** 32 - 300 * 250
[{arg0: 0}] | ebpf run {|ctx|
    let own = kernel-var runqueues
    let ticks = (kernel-var jiffies_64 | cast u64) - $start
    let apart = $ticks * 4_000_000 - ($ctx.ktime | into int)
    [
        ($own.cpu == $ctx.cpu)
        ($own.curr.pid == $ctx.tid)
        ($own.nr_running >= 1)
        (kernel-var x86_cpu_to_apicid --cpu 0)
        (kernel-var runqueues --cpu 4096).nr_running?
        ($apart < 10_000_000_000 and $apart > -10_000_000_000)
        ((kernel-var jiffies_64) == $place)
    ] | emit
} | get rows | flatten
