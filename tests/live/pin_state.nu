# expect: [[[seen, text, here]; [{n: 7, who: trigger}, trigger, true]], [], [[seen, text, here]; [null, null, false]]]
# What a map keeps is known from the attach that has pinned it, however long the text is that is put or looked up.
let folder = mktemp -d; ^mount -t bpf bpf $folder; $env.NU_EBPF_BPFFS = $folder
let put = ebpf attach --pin kept --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    {n: 7, who: $ctx.comm} | map-put seen $ctx.tgid; $ctx.comm | map-put text 'a key that is longer than another'
}
# Nothing of it is known here but the names.
let get = ebpf attach --pin kept --comm trigger 'tracepoint:syscalls/sys_exit_getpid' {|ctx|
    let seen = $ctx.tgid | map-get seen
    {seen: $seen, text: ('a key that is longer than another' | map-get text), here: ($ctx.tgid | map-contains seen)} | emit
    $ctx.tgid | map-delete seen
    'a key that is longer than another' | map-delete text
}
^$env.TRIGGER getpid 1
let first = ebpf trace $get
ebpf detach $put
let second = ebpf trace $get
^$env.TRIGGER getpid 1
let third = ebpf trace $get
ebpf unpin kept
^umount $folder; ^rmdir $folder
[$first $second $third]
