# only: host (what it tests is in the plugin and no other in another kernel)
# expect: true
# The end of a stream says what it has lost: here one string was cut.
let script = "ebpf attach -s -c trigger tracepoint:syscalls/sys_enter_openat {|ctx| if $ctx.mode == 81 { $ctx.filename | read-str --len 4 | emit } } | first 1"
job spawn { sleep 700ms; ^$env.TRIGGER open 1 /dev/null }
let plugin = plugin list | where name == ebpf | get filename.0
^$nu.current-exe -n --no-std-lib --plugins $"[($plugin)]" -c $script | complete | get stderr | str contains "1 strings were cut"
