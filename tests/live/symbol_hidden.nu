# only: host (what it tests is in the plugin and no other in another kernel)
# expect: ["ebpf::symbol::hidden", true]
# Who may not see addresses is told so.
let script = 'try { ebpf symbol vfs_read } catch {|error| $error.details | select code help | to nuon }'
let plugin = plugin list | get 0.filename
let error = ^setpriv --bounding-set -syslog $nu.current-exe -n --no-std-lib --plugins $"[($plugin)]" -c $script | from nuon
[$error.code ('CAP_SYSLOG' in $error.help)]
