# TCP connections that processes make: where to, how long it took, and what came of it.
#     > tcpconnect --comm curl | first 2
#      #   time    pid    comm     laddr       lport     raddr      rport    took    error
#      0   now    32305   curl   192.168.1.7   40214   192.168.1.1     443   1ms 88µs
#      1   now    32307   curl   127.0.0.1     51234   127.0.0.1        81   31µs 7ns   ECONNREFUSED
# Beside bpftrace's: without kprobes, so on every kernel; how long it took, and what came of it.

use names *

const SYN_SENT = 2
const ESTABLISHED = 1

# Watch TCP connections being made, each as it is there or has failed. One that was given up by who made it is CLOSED.
@example 'What a service does not reach' { tcpconnect --comm nginx --failed }
@example 'Where it takes long to connect to' { tcpconnect | where took > 100ms }
export def main [
    --pid (-p): int     # only this process
    --comm (-c): string # only commands of this name
    --failed (-x)       # only what failed
]: nothing -> table {
    # What answers comes while any process runs: who has asked is kept by socket.
    ebpf attach --stream 'raw_tracepoint:inet_sock_set_state' {|ctx|
        let sk = $ctx.args.sk
        if $ctx.args.newstate == $SYN_SENT {
            if ($pid == null or $ctx.tgid == $pid) and ($comm == null or $ctx.comm == $comm) {
                {pid: $ctx.tgid, comm: $ctx.comm} | map-put who $sk
                start-timer --key $sk
            }
        } else if $ctx.args.oldstate == $SYN_SENT {
            let who = $sk | map-get who
            let took = stop-timer --key $sk
            $sk | map-delete who
            let fine = $ctx.args.newstate == $ESTABLISHED
            if $who != null and not ($failed and $fine) {
                let ends = tcp ends $sk
                {
                    time: $ctx.time, pid: $who.pid, comm: $who.comm, laddr: $ends.laddr, lport: $ends.lport
                    raddr: $ends.raddr, rport: $ends.rport, took: $took, error: (if not $fine { $sk.sk_err })
                } | emit
            }
        }
    }
    | update error {|row| if $row.error == 0 { 'CLOSED' } else { 0 - ($row.error | default 0) | errno } }
}
