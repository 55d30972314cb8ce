# TCP connections, as the kernel keeps them.

# By number, from 1 (include/net/tcp_states.h).
const STATES = [
    ESTABLISHED SYN_SENT SYN_RECV FIN_WAIT1 FIN_WAIT2 TIME_WAIT CLOSE CLOSE_WAIT LAST_ACK LISTEN CLOSING NEW_SYN_RECV
]

# The name of a TCP state.
export def "tcp state" []: any -> any {
    let number = $in
    if $number != null { $STATES | get --optional ($number - 1) | default $number }
}

# In a probe's closure: the two ends of a socket (`struct sock`), with addresses as text.
export def "tcp ends" [sk: any]: nothing -> record {
    let common = $sk.__sk_common
    let inet = $sk | cast 'struct inet_sock'
    let ends = if $common.skc_family == 10 {
        {laddr: $common.skc_v6_rcv_saddr, raddr: $common.skc_v6_daddr}
    } else {
        {laddr: ($common.skc_rcv_saddr | cast 'struct in_addr'), raddr: ($common.skc_daddr | cast 'struct in_addr')}
    }
    {laddr: $ends.laddr, lport: $inet.inet_sport, raddr: $ends.raddr, rport: $common.skc_dport}
}
