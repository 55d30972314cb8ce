# needs: kprobes
# expect: ["ebpf::machine::privileges", 50, true]
# An ordinary user's kprobe. Uprobes as perf events take CAP_SYS_ADMIN, which is not lent: before Linux 6.6 they are root's.
# Above 2, Debian's kernels keep perf events for CAP_SYS_ADMIN.
let paranoid = open /proc/sys/kernel/perf_event_paranoid | into int
if $paranoid > 2 { ^sysctl -qw kernel.perf_event_paranoid=2 }
let here = ^mktemp -d
^chmod 755 $here
let plugin = $"($here)/nu_plugin_ebpf"
^cp (plugin list | where name == ebpf | get filename.0) $plugin
^cp $env.TRIGGER $"($here)/trigger"
^install -d -o 65534 $"($here)/user"
let shell = [$nu.current-exe -n --no-std-lib --plugins $"[($plugin)]" -c]
let places = [$"HOME=($here)/user" $"XDG_CACHE_HOME=($here)/user" $"TRIGGER=($here)/trigger"]
let user = {|script| ^setpriv --reuid 65534 --regid 65534 --clear-groups env ...$places ...$shell $script | from nuon }
let kprobe = "try {
    let id = ebpf attach --comm trigger kprobe:sys_getpid {|ctx| $ctx.comm | count }
    ^$env.TRIGGER getpid 50
    ebpf counters $id | get count.0
} catch {|error| $error.details.code } | to nuon"
let without = do $user $kprobe
^env ...$shell 'ebpf setup --yes --everyone' | ignore
let with = do $user $kprobe
let uprobe = do $user "try { ebpf attach $'uprobe:($env.TRIGGER):trigger_add' {|ctx| count }; 'attached' } catch {|error| $error.details.help } | to nuon"
^rm -r $here
if $paranoid > 2 { ^sysctl -qw $"kernel.perf_event_paranoid=($paranoid)" }
let release = open /proc/sys/kernel/osrelease | split row . | first 2 | each { into int }
[$without $with (($release.0 * 100 + $release.1 >= 606) == ($uprobe == attached))]
