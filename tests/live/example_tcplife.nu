# expect: [[comm, laddr, lport, raddr, rport, sent, received, lasted]; [talker, "127.0.0.1", true, "127.0.0.1", true, 1000b, 500b, true], [talker, "127.0.0.1", true, "127.0.0.1", true, 500b, 1000b, true], [talker, "::1", true, "::1", true, 1000b, 500b, true], [talker, "::1", true, "::1", true, 500b, 1000b, true]]
# Each connection has two ends here: the client's, which is the first to close, and the server's.
use tcplife.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TALKER talk 1 1000; ^$env.TALKER talk6 1 1000 }
let rows = tcplife --comm talker | first 4 | reject pid
let client = $rows | where rport == 28008 | update lport { $in > 1024 } | update rport { true }
let server = $rows | where lport == 28008 | update rport { $in > 1024 } | update lport { true }
$client | zip $server | flatten | update lasted { $in > 0sec and $in < 1min }
