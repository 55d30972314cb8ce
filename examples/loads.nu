# The load averages of the last one, five and fifteen minutes, as the kernel keeps them.
#     > loads | first 1
#      #   time    one     five   fifteen
#      0   now    1.534   0.988     0.701
# Beside bpftrace's: floats. (`sys host` and /proc/loadavg have them as well: this shows how the kernel's variables are read.)

# As the kernel's FIXED_1 (include/linux/sched/loadavg.h).
const ONE = 2048

# The address that a line of /proc/kallsyms begins with: Nushell's ints have a sign, so the kernel's are negative.
def address []: string -> int {
    let halves = [($in | str substring 0..7) ($in | str substring 8..15)] | into int --radix 16
    let high = if $halves.0 < 0x80000000 { $halves.0 } else { $halves.0 - 0x100000000 }
    $high * 0x100000000 + $halves.1
}

# Tell the load averages again and again (of a kernel whose symbols are all known, CONFIG_KALLSYMS_ALL).
@example 'For a minute' { loads | first 60 }
export def main [
    --every (-e): duration = 1sec # how often to tell
]: nothing -> table {
    let known = open --raw /proc/kallsyms | lines | where $it ends-with ' avenrun'
    if ($known | is-empty) {
        error make --unspanned {msg: 'this kernel does not tell where `avenrun` is', help: 'open /proc/loadavg'}
    }
    let loads = $known | first | address
    ebpf attach --stream $'interval:($every // 1ms)ms' {|ctx|
        {
            time: $ctx.time, one: ($loads | cast 'u64'), five: ($loads | cast 'u64' --offset 8)
            fifteen: ($loads | cast 'u64' --offset 16)
        } | emit
    }
    | update one { $in / $ONE } | update five { $in / $ONE } | update fifteen { $in / $ONE }
}
