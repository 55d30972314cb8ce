# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [true, true, 0, [waited]]
# While another plugin holds the lock on pinned maps, `--pin` waits: Ctrl-C ends that at once, and a lock that is given
# back is taken.
let bpffs = mktemp -d; ^mount -t bpf bpf $bpffs; $env.NU_EBPF_BPFFS = $bpffs
let ours = $bpffs | path join nu_plugin_ebpf
ebpf attach --pin first 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count } | ignore
let plugin = plugin list | where name == ebpf | get 0.filename
let script = "ebpf attach --pin waited 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count } | ignore; ebpf list --pins | where name == waited | get name | to nuon"
# The output of a shell that waits for the lock, and of which `after` is done then.
def waiting [after: string] {
    with-env {NU: $nu.current-exe, PLUGINS: $'[($plugin)]', SCRIPT: $script, OURS: $ours, AFTER: $after} {
        ^bash -c '
            exec 9<"$OURS"; flock 9
            "$NU" -n --no-std-lib --plugins "$PLUGINS" -c "$SCRIPT" 9<&- & shell=$!
            # Its plugin has opened the folder.
            until ls -l $(pgrep -P $shell | sed "s:.*:/proc/&/fd:") 2>/dev/null | grep -q "$OURS\$"; do kill -0 $shell || exit; done
            eval "$AFTER"
            wait $shell; true' err> /dev/null
    }
}
let begin = date now
let interrupted = waiting 'kill -INT $shell'
let time = (date now) - $begin
let left = ebpf list --pins | where name == waited | length
let taken = waiting 'flock -u 9' | from nuon
^umount $bpffs; ^rmdir $bpffs
[("interrupted" not-in $interrupted) ($time < 60sec) $left $taken]
