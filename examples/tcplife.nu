# TCP connections that have ended: whose, with whom, how much went either way, how long they lasted.
#     > tcplife | first 2
#      #    pid    comm     laddr       lport     raddr      rport    sent    received     lasted
#      0   32305   curl   192.168.1.7   40214   192.168.1.1     443    517 B    95.4 kB   1sec 88ms
#      1     811   nginx  192.168.1.7      80   192.168.1.9   51320   9.3 kB     1.2 kB      310ms
# Beside bpftrace's: without kprobes, so on every kernel; filesizes and durations; connections older than the tool.

use names *

# The kernel counts the end of what comes as a byte, and notes that it has come (`SOCK_DONE`, include/net/sock.h).
const DONE = 2

const STATE = {ESTABLISHED: 1, SYN_SENT: 2, SYN_RECV: 3, FIN_WAIT1: 4, CLOSE: 7, LAST_ACK: 9, LISTEN: 10}

# Watch TCP connections end. `pid` and `comm` are who has made the connection, of those that came in who has closed it, and
# null where the kernel alone has ended it; `lasted` is null where it began before the tool.
@example 'Who sends most' { tcplife | first 100 | group-by comm --to-table | update items { get sent | math sum } | sort-by items }
@example 'Clients of a server' { tcplife --comm nginx | select raddr lasted }
export def main [
    --pid (-p): int     # only this process
    --comm (-c): string # only commands of this name
]: nothing -> table {
    let state = $STATE
    ebpf attach --stream 'raw_tracepoint:inet_sock_set_state' {|ctx|
        let sk = $ctx.args.sk
        let new = $ctx.args.newstate
        if $new in [$state.SYN_SENT $state.SYN_RECV $state.ESTABLISHED] { start-timer --key $sk }
        # What else happens, happens while any process runs.
        if $new in [$state.SYN_SENT $state.FIN_WAIT1 $state.LAST_ACK] and not ($sk | map-contains who) {
            {pid: $ctx.tgid, comm: $ctx.comm} | map-put who $sk
        }
        if $new == $state.CLOSE and $ctx.args.oldstate != $state.LISTEN {
            let who = $sk | map-get who
            let lasted = stop-timer --key $sk
            $sk | map-delete who
            if ($pid == null or $who.pid? == $pid) and ($comm == null or $who.comm? == $comm) {
                let tcp = $sk | cast 'struct tcp_sock'
                let ends = tcp ends $sk
                let end = if ($sk.__sk_common.skc_flags bit-and $DONE) == 0 { 0 } else { 1 }
                {
                    pid: $who.pid?, comm: $who.comm?, laddr: $ends.laddr, lport: $ends.lport
                    raddr: $ends.raddr, rport: $ends.rport, sent: ($tcp.bytes_sent - $tcp.bytes_retrans | into filesize)
                    received: ($tcp.bytes_received - $end | into filesize), lasted: $lasted
                } | emit
            }
        }
    }
}
