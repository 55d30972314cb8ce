# expect: [[3], ["7 rows were not read"]]
# Rows that nobody has read go with their probe, and it says how many.
let script = r#'let attach = {|| ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.pid | emit } }
let read = do $attach; let unread = do $attach
^$env.TRIGGER getpid 3
let rows = ebpf trace $read | length
^$env.TRIGGER getpid 4
ebpf trace $read
ebpf detach $read $unread
[$rows] | to nuon'#
let plugin = plugin list | where name == ebpf | get filename.0
let came = ^$nu.current-exe -n --no-std-lib --plugins $"[($plugin)]" -c $script | complete
let told = $came.stderr | lines | parse --regex '\): (?<what>.* not read)' | get what
[($came.stdout | from nuon) $told]
