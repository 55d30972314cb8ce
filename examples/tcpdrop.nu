# TCP packets that the kernel throws away: which, why, and where in its code.
#     > tcpdrop | first 1 | reject stack
#      #   time    pid   comm      saddr      sport     daddr      dport      state         reason
#      0   now       0           127.0.0.1   40214   127.0.0.1   28008   ESTABLISHED   SOCKET_FILTER
# Beside bpftrace's: the reason; the packet's own addresses, so that packets for no socket are told as well.

use names *

const IPV4 = 0x0800
const IPV6 = 0x86dd
const TCP = 6
const NO_HEADER = 0xffff

# Watch TCP packets being dropped. `pid` and `comm` are who runs then, not always whose packet it is.
@example 'What nobody listens for' { tcpdrop | where reason == NO_SOCKET }
@example 'Where most is dropped' { tcpdrop | first 100 | each { $in.stack.1?.function? } | uniq --count }
export def main []: nothing -> table {
    ebpf attach --stream 'raw_tracepoint:kfree_skb' {|ctx|
        let skb = $ctx.args.skb
        if $skb.transport_header != $NO_HEADER and $skb.protocol in [$IPV4 $IPV6] {
            let tcp = $skb.head | cast 'struct tcphdr' --offset $skb.transport_header
            let state = $ctx.args.rx_sk?.__sk_common?.skc_state? | default $skb.sk?.__sk_common?.skc_state?
            let packet = {
                time: $ctx.time, pid: $ctx.tgid, comm: $ctx.comm, saddr: null, sport: $tcp.source, daddr: null
                dport: $tcp.dest, state: $state, reason: $ctx.args.reason, stack: $ctx.kstack
            }
            if $skb.protocol == $IPV4 {
                let ip = $skb.head | cast 'struct iphdr' --offset $skb.network_header
                if $ip.protocol == $TCP {
                    let addresses = {saddr: ($ip.saddr | cast 'struct in_addr'), daddr: ($ip.daddr | cast 'struct in_addr')}
                    $packet | merge $addresses | emit
                }
            } else {
                let ip = $skb.head | cast 'struct ipv6hdr' --offset $skb.network_header
                if $ip.nexthdr == $TCP { $packet | merge {saddr: $ip.saddr, daddr: $ip.daddr} | emit }
            }
        }
    }
    | update state { tcp state }
    | update reason { str replace 'SKB_DROP_REASON_' '' }
}
