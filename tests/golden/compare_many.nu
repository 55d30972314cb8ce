# Several strings, and one that is longer than what may lie on the stack beside it.
let path = "/a/long/path/that/one/may/well/compare/with/and/more/and/more/and/more/and/more/and/more/and/more/of/it"
ebpf attach --emit-c --comm nu 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.comm == "a" or $ctx.comm == "bb" or $ctx.comm == "ccc" { $ctx.pid | emit }
    let name = $ctx.filename | read-str --len 200
    if $name == $path or $name == "/dev/null" { $name | emit }
}
