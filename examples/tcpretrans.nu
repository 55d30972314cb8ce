# TCP segments that are sent again, as nobody has acknowledged them.
#     > tcpretrans | first 2
#      #   time      laddr      lport     raddr      rport      state      lost
#      0   now    192.168.1.7   40214   192.168.1.1     443   ESTABLISHED      1
#      1   now    192.168.1.7   40218   192.168.1.9      80   SYN_SENT         1
# Beside bpftrace's: ports, how many segments are held to be lost; without kprobes, so on every kernel.

use names *

# Watch segments being sent again. Who has sent them is not known where that happens: a timer or an answer is its cause.
@example 'The hosts that are hard to reach' { tcpretrans | first 100 | get raddr | uniq --count }
export def main []: nothing -> table {
    ebpf attach --stream 'raw_tracepoint:tcp_retransmit_skb' {|ctx|
        let sk = $ctx.args.sk
        let tcp = $sk | cast 'struct tcp_sock'
        let ends = tcp ends $sk
        {
            time: $ctx.time, laddr: $ends.laddr, lport: $ends.lport, raddr: $ends.raddr, rport: $ends.rport
            state: $sk.__sk_common.skc_state, lost: $tcp.lost_out
        } | emit
    }
    | update state { tcp state }
}
