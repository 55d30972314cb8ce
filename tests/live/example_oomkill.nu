# needs: kprobes
# expect: [[comm, victim_comm, memory, limit, cgroup, reason]; [trigger, trigger, true, 16777216b, hungry, "Memory cgroup out of memory"]]
# A process in a cgroup of 16 MiB wants four times as much.
use oomkill.nu
let root = mktemp -d
mount -t cgroup2 none $root
"+memory" | save --force ($root | path join cgroup.subtree_control)
let group = $root | path join hungry
mkdir $group
"16777216" | save --force ($group | path join memory.max)
"0" | save --force ($group | path join memory.swap.max)
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^bash -c $"echo 0 > ($group)/cgroup.procs; exec ($env.TRIGGER) touch 16384" }
let killed = oomkill | where victim_comm == trigger | first 1 | select comm victim_comm memory limit cgroup reason
$killed | update memory { $in > 4MiB and $in < 64MiB }
