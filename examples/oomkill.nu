# Processes that the kernel kills as memory runs out: which, because of whom, and where.
#     > oomkill | first 1
#      #   time    pid    comm     victim   victim_comm     memory     limit    cgroup           reason
#      0   now    32305   python3    32305   python3       502.1 MB   524.3 MB   app.slice   Memory cgroup out of memory
# Beside bpftrace's: the cgroup that has run out, what the victim held; filesizes.

const PAGE = 4096

# Watch processes being killed for memory. `pid` and `comm` are who has asked for more; `memory` is what the victim held,
# `limit` what there was for all; `cgroup` is null where the machine has run out.
@example 'Until the first, with the load at that time' { oomkill | first 1 | insert load { sys host | get load_average? } }
export def main []: nothing -> table {
    ebpf attach --stream 'kprobe:oom_kill_process' {|ctx|
        let oc = $ctx.args.oc
        let victim = $oc.chosen
        {
            time: $ctx.time, pid: $ctx.tgid, comm: $ctx.comm, victim: $victim.tgid, victim_comm: $victim.comm
            memory: ($oc.chosen_points * $PAGE | into filesize), limit: ($oc.totalpages * $PAGE | into filesize)
            cgroup: $oc.memcg?.css?.cgroup?.kn?.name?, reason: $ctx.args.message
        } | emit
    }
}
