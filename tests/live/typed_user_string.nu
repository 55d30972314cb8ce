# needs: kprobes
# expect: [[[name, dir, count]; [/no/such/file/here, -100, 3]], [[key, count]; [/no/suc…, 3]]]
# A string whose memory the kernel's types do not tell: it is read where its address points to, or as it is asked for.
let id = ebpf attach --comm head 'kprobe:do_sys_openat2' {|ctx|
    let name = $ctx.args.filename
    if $name == "/no/such/file/here" { {name: $name, dir: $ctx.args.dfd} | count }
}
let cut = ebpf attach --comm head 'kprobe:do_sys_openat2' {|ctx|
    if $ctx.args.filename == "/no/such/file/here" { $ctx.args.filename | read-str --len 7 | count }
}
^head -c1 /no/such/file/here /no/such/file/here /no/such/file/here | complete | ignore
[(ebpf counters $id) (ebpf counters $cut)]
