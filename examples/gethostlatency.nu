# Names of hosts that processes look up, and how long that takes.
#     > gethostlatency | first 2
#      #   time    pid    comm       call        host          took       found
#      0   now    32305   curl   getaddrinfo   example.com   19ms 310µs   true
#      1   now    32307   ssh    getaddrinfo   exmaple.com   41ms 87µs    false
# Beside bpftrace's: whether it was found; which call it was.

# Watch hosts being looked up by way of the C library.
@example 'What takes long' { gethostlatency | where took > 100ms }
export def main [
    --pid (-p): int     # only this process
    --comm (-c): string # only commands of this name
]: nothing -> table {
    let calls = 'uretprobe:libc:{getaddrinfo,gethostbyname,gethostbyname2}'
    ebpf attach --stream --pid $pid --comm $comm $calls {|ctx|
        # One gives an int, which is an error; the others an address, which may be null.
        let found = if $ctx.func == getaddrinfo { ($ctx.retval bit-and 0xffffffff) == 0 } else { $ctx.retval != 0 }
        {
            time: $ctx.time, pid: $ctx.tgid, comm: $ctx.comm, call: $ctx.func
            host: ($ctx.entry.arg0 | read-str --len 256), took: $ctx.elapsed, found: $found
        } | emit
    }
}
