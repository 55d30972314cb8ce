# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [true, false]
# A stream that takes tables with it says so; one that `ebpf detach` ends has been given them.
let closure = "tracepoint:syscalls/sys_enter_getpid {|ctx| count; $ctx.pid | emit }"
let plugin = plugin list | where name == ebpf | get filename.0
def said [script: string] {
    ^$nu.current-exe -n --no-std-lib --plugins $"[($plugin)]" -c $script | complete | get stderr | str contains "its tables are gone with the stream"
}
job spawn { sleep 700ms; ^$env.TRIGGER getpid 1 }
[
    (said $"ebpf attach -s -c trigger ($closure) | first 1")
    (said $"job spawn { sleep 500ms; ebpf detach 1 }; ebpf attach -s -c trigger ($closure) | length")
]
