ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let name = $ctx.filename | read-str --len 64 | default ""
    if $name =~ '^/(etc|usr)/.*\.conf$' { {name: $name} | emit }
}
