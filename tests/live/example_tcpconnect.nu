# kernels: it reads the kernel's structs
# expect: [[comm, laddr, lport, raddr, rport, took, error]; [talker, "127.0.0.1", true, "127.0.0.1", 28008, true, null], [talker, "127.0.0.1", true, "127.0.0.1", 28008, true, null], [talker, "::1", true, "::1", 28008, true, null], [talker, "127.0.0.1", true, "127.0.0.1", 28008, true, ECONNREFUSED]]
use tcpconnect.nu
job spawn {
    while (ebpf list | is-empty) { sleep 100ms }
    ^$env.TALKER talk 2 100
    ^$env.TALKER talk6 1 100
    ^$env.TALKER refused
}
let rows = tcpconnect --comm talker | first 4 | reject time pid
$rows | update lport { $in > 1024 } | update took { $in > 0sec and $in < 1min }
