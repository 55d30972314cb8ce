# expect: [[[state, port, uid, family]; [10, 28008, 0, true]], true, true]
# Sockets: the one that listens; all of netlink's and of unix's, as /proc has them.
let talker = $env.TALKER
let job = job spawn { ^$talker listen 60000 | ignore }
while (open --raw /proc/net/tcp | lines | where $it =~ ':6D68 00000000:0000 0A' | is-empty) { sleep 20ms }
let tcp = ebpf iter tcp {|ctx|
    let sk = $ctx.sk_common
    if $sk.skc_num == 28008 and $sk.skc_state == 10 { {state: $sk.skc_state, port: $sk.skc_num, uid: $ctx.uid, family: (($sk | cast 'struct sock').sk_protocol == 6)} }
}
let unix = ebpf iter unix {|ctx| $ctx.unix_sk.sk.sk_socket }
let netlink = ebpf iter netlink {|ctx| {protocol: $ctx.sk.sk.sk_protocol, id: $ctx.sk.portid} }
let known = open --raw /proc/net/netlink | lines | skip 1 | parse -r '^\S+\s+(?<protocol>\d+)\s+(?<id>\d+)' | into int protocol id
job kill $job
[$tcp (($unix | length) > 0) ($netlink == $known)]
