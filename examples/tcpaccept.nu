# TCP connections that processes take: from where, and how many more wait.
#     > tcpaccept --comm nginx | first 2
#      #   time    pid    comm       laddr     lport      raddr     rport   waiting   backlog
#      0   now      811   nginx   192.168.1.7      80   192.168.1.9   51320         0       511
#      1   now      811   nginx   192.168.1.7      80   192.168.1.9   51322         2       511
# Beside bpftrace's: the backlog is the listening socket's, filters in the kernel.

use names *

# Watch connections being accepted. `waiting` is how many of the at most `backlog` connections are still to be.
@example 'Services that do not keep up' { tcpaccept | where waiting > 10 }
export def main [
    --pid (-p): int     # only this process
    --comm (-c): string # only commands of this name
]: nothing -> table {
    ebpf attach --stream --pid $pid --comm $comm 'fexit:inet_csk_accept' {|ctx|
        let sk = $ctx.retval
        # What is given is null where accepting has failed.
        if $sk.__sk_common?.skc_state? != null {
            let ends = tcp ends $sk
            {
                time: $ctx.time, pid: $ctx.tgid, comm: $ctx.comm, laddr: $ends.laddr, lport: $ends.lport
                raddr: $ends.raddr, rport: $ends.rport
                waiting: $ctx.args.sk.sk_ack_backlog, backlog: $ctx.args.sk.sk_max_ack_backlog
            } | emit
        }
    }
}
