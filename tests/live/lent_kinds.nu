# only: host (it gives capabilities to files and users of this machine)
# expect: [[true, true, [1], true, plugin], []]
# What an ordinary user's plugin does with the two capabilities that are always lent: raw tracepoints, iterators, runs,
# samples; maps under a name stay in the plugin, as bpffs is root's. `ebpf setup` without --yes changes nothing.
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
let about = {|| ^stat -c '%a %u %g %Z' $plugin | str trim }
let before = do $about
^env ...$shell 'ebpf setup | ignore; ebpf setup --everyone | ignore; ebpf setup --undo | ignore'
let changed = if (do $about) == $before { [] } else { [changed] }
^env ...$shell 'ebpf setup --yes --everyone | ignore'
let done = do $user "
let raw = ebpf attach --comm trigger raw_tracepoint:sys_enter {|ctx| count }
^$env.TRIGGER getpid 50
let task = ebpf iter task {|ctx| $ctx.task.pid } | is-not-empty
let run = [{}] | ebpf run {|ctx| 1 | emit } | get 0.rows
let sample = try { ebpf attach profile:99hz {|ctx| $ctx.comm | count } | $in > 0 } catch {|error| $error.details.code }
let shared = ebpf attach --pin lent raw_tracepoint:sys_enter {|ctx| count }
[((ebpf counters $raw | get count.0) >= 50) $task $run $sample (ebpf list --pins | get where.0)] | to nuon"
^rm -r $here
if $paranoid > 2 { ^sysctl -qw $"kernel.perf_event_paranoid=($paranoid)" }
[$done $changed]
