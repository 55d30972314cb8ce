# only: host (what it tests is in the plugin and no other in another kernel)
# expect: true
# The end of a stream says what went wrong last, and where.
let script = "ebpf attach -s $'uprobe:($env.TRIGGER):trigger_add' {|ctx| ($ctx.arg0 //\n  $ctx.arg1) | emit } | first 1"
job spawn { sleep 700ms; ^$env.TRIGGER call 5 1 0; ^$env.TRIGGER call 1 1 1 }
let plugin = plugin list | where name == ebpf | get filename.0
^$nu.current-exe -n --no-std-lib --plugins $"[($plugin)]" -c $script | complete | get stderr | str contains "5 events ended in a run-time error and were skipped; the last: division by zero at `$ctx.arg0 // $ctx.arg1`"
