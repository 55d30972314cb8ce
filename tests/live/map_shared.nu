# expect: [[file, fd_ok, comm]; [/etc/hostname, true, trigger], [/etc/hostname, true, trigger]]
# Closures of one probe share their maps; strings and records are kept, and are what they were.
let id = ebpf attach --comm trigger {
    'tracepoint:syscalls/sys_exit_openat': {|ctx|
        let opened = $ctx.tid | map-get opened
        if $opened != null { {file: $opened.file, fd_ok: ($ctx.ret >= 0), comm: $opened.who} | emit; $ctx.tid | map-delete opened }
    }
    'tracepoint:syscalls/sys_enter_openat': {|ctx|
        if $ctx.mode == 81 { {file: ($ctx.filename | read-str --len 60), who: $ctx.comm} | map-put opened $ctx.tid }
    }
}
^$env.TRIGGER open 2 /etc/hostname
ebpf trace $id
