# only: host (it gives capabilities to files and users of this machine)
# expect: [["ebpf::machine::tracefs", "ebpf::machine::privileges", "ebpf::machine::setup"], ["ebpf::machine::tracefs", 5, 0], ["cap_perfmon,cap_bpf=p", 0, "root:4710"], [50, 5], ["ebpf::machine::tracefs", "ebpf::machine::privileges"], [false, 755, ""], 0]
# An ordinary user: without capabilities; with those that nothing goes without; with one more for tracepoints, and for
# members of the group only; and when all that is undone.
# Above 2, Debian's kernels keep perf events for CAP_SYS_ADMIN.
let paranoid = open /proc/sys/kernel/perf_event_paranoid | into int
if $paranoid > 2 { ^sysctl -qw kernel.perf_event_paranoid=2 }
let here = ^mktemp -d
^chmod 755 $here
let plugin = $"($here)/nu_plugin_ebpf"
^cp (plugin list | where name == ebpf | get filename.0) $plugin
^chown 65534 $plugin
^cp $env.TRIGGER $"($here)/trigger"
^install -d -o 65534 $"($here)/user"
let shell = [$nu.current-exe -n --no-std-lib --plugins $"[($plugin)]" -c]
let places = [$"HOME=($here)/user" $"XDG_CACHE_HOME=($here)/user" $"TRIGGER=($here)/trigger"]
let root = {|script| ^env ...$shell $script | complete }
let user = {|script, group| ^setpriv --reuid 65534 --regid $group --clear-groups env ...$places ...$shell $script | complete }
let script = "def attempt [target: string ...words: string] {
    try {
        let id = ebpf attach --comm trigger $target {|ctx| $ctx.comm | count }
        ^$env.TRIGGER ...$words
        ebpf counters $id | get count.0
    } catch {|error| $error.details.code }
}
let check = {|| try { ebpf setup --check --strict | where not ok and for == everything | length } catch {|error| $error.details.code } }
let strict = if ($env.STRICT | is-empty) { [] } else { [(do $check)] }
let tried = [
    (attempt tracepoint:syscalls/sys_enter_getpid getpid 50)
    (attempt $'uprobe:($env.TRIGGER):trigger_add' call 5 1 1)
]
$tried ++ $strict | to nuon"
let tried = {|strict: string| with-env {STRICT: $strict} { do $user $script 4711 } | get stdout | from nuon }
let without = do $tried yes
do $root "ebpf setup --yes --everyone"
let few = do $tried yes
# Another owner takes a file's capabilities: they are given again.
let given = (do $root "ebpf setup --yes --group 4710").exit_code
let kept = [(^getcap $plugin | split row ' ' | last) $given (^stat -c %U:%g $plugin)]
do $root "ebpf setup --yes --group 4711 --with [cap_dac_read_search cap_syslog]"
let more = do $tried ''
let other = do $user $script 65534 | get exit_code | $in == 0
do $root "ebpf setup --yes --undo"
let undone = do $tried ''
let about = [(^stat -c %a $plugin | into int) (^getcap $plugin)]
^rm -r $here
if $paranoid > 2 { ^sysctl -qw $"kernel.perf_event_paranoid=($paranoid)" }
[$without $few $kept $more $undone [$other ...$about] (^bpftool prog list | lines | where $it =~ 'name nu_.*getpid' | length)]
