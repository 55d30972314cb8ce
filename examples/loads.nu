# The load averages of the last one, five and fifteen minutes, as the kernel keeps them.
#     > loads | first 1
#      #   time    one     five   fifteen
#      0   now    1.534   0.988     0.701
# Beside bpftrace's: floats. (`sys host` and /proc/loadavg have them as well: this shows how the kernel's variables are read.)

# As the kernel's FIXED_1 (include/linux/sched/loadavg.h).
const ONE = 2048

# Tell the load averages again and again (of a kernel whose symbols are all known, CONFIG_KALLSYMS_ALL).
@example 'For a minute' { loads | first 60 }
export def main [
    --every (-e): duration = 1sec # how often to tell
]: nothing -> table {
    let loads = ebpf symbol avenrun | get 0.address
    ebpf attach --stream $'interval:($every // 1ms)ms' {|ctx|
        {
            time: $ctx.time, one: ($loads | cast 'u64'), five: ($loads | cast 'u64' --offset 8)
            fifteen: ($loads | cast 'u64' --offset 16)
        } | emit
    }
    | update one { $in / $ONE } | update five { $in / $ONE } | update fifteen { $in / $ONE }
}
