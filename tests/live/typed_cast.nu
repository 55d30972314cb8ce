# needs: kprobes
# expect: [[[port, segments, count]; [28008, true, 1]], [[same, count]; [true, 2]]]
# An address as another struct's, and as that of the struct that it lies in.
let cast = ebpf attach --comm talker 'kprobe:tcp_set_state' {|ctx|
    let tcp = $ctx.args.sk | cast 'struct tcp_sock'
    # What the cast leads to begins with the socket.
    if $ctx.args.state == 7 and $tcp.inet_conn.icsk_inet.sk.__sk_common.skc_dport == 28008 {
        {port: $tcp.inet_conn.icsk_inet.sk.__sk_common.skc_dport, segments: ($tcp.segs_out > 2)} | count
    }
}
^$env.TALKER talk 1 100
let counted = ebpf counters $cast
ebpf detach $cast
let file = $nu.temp-dir | path join cast.txt
"x" | save -f $file
let container = ebpf attach --comm cat 'kprobe:vfs_read' {|ctx|
    let dentry = $ctx.args.file.f_path.dentry
    if $dentry.d_name.name == "cast.txt" {
        let back = $dentry.d_name | container-of 'struct dentry' d_name
        {same: ($back.d_inode.i_ino == $dentry.d_inode.i_ino)} | count
    }
}
^cat $file | ignore
[$counted (ebpf counters $container)]
