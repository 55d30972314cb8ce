# only: host (it gives capabilities to files of this machine)
# expect: [["cap_perfmon,cap_bpf=p", 755, 0], ["ebpf::machine::setup", "start the new one: plugin stop ebpf", 755, ""], ["ebpf::machine::setup", 755]]
# A plugin in the closed folder of another user, one that is replaced while it runs, and one that is removed: what lies
# there now is not what was asked about.
let here = ^mktemp -d
^chown 65534:65534 $here
let plugin = $"($here)/nu_plugin_ebpf"
let original = plugin list | where name == ebpf | get filename.0
let place = {|| ^install -m 755 $original $"($plugin).new"; ^mv $"($plugin).new" $plugin }
let shell = {|script| with-env {PLUGIN: $plugin} { ^$nu.current-exe -n --no-std-lib --plugins $"[($plugin)]" -c $script } }
let attempt = "let said = try { ebpf setup --yes --everyone | ignore; [] } catch {|error| $error.details | [$in.code $in.help] }"
do $place
do $shell "ebpf setup --yes --everyone | ignore"
let closed = [(^getcap $plugin | split row ' ' | last) (^stat -c %a $plugin | into int) (^stat -c %u $plugin | into int)]
do $place
let replaced = do $shell $"ebpf list | ignore
    ^cp $env.PLUGIN $'\($env.PLUGIN).new'
    ^mv $'\($env.PLUGIN).new' $env.PLUGIN
    ($attempt)
    $said | to nuon" | from nuon
let after = [(^stat -c %a $plugin | into int) (^getcap $plugin)]
let removed = do $shell $"ebpf list | ignore
    ^mv $env.PLUGIN $'\($env.PLUGIN).old'
    ^cp $'\($env.PLUGIN).old' $env.PLUGIN; ^rm $'\($env.PLUGIN).old'
    ($attempt)
    $said.0 | to nuon" | from nuon
let mode = ^stat -c %a $plugin | into int
^rm -r $here
[$closed [...$replaced ...$after] [$removed $mode]]
