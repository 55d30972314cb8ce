# kernels: it reads the kernel's structs
# expect: [[saddr, sport, daddr, dport, reason, dropped]; ["127.0.0.1", true, "127.0.0.1", 28008, SOCKET_FILTER, true]]
use tcpdrop.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TALKER repeat 600 }
let rows = tcpdrop | where dport == 28008 and reason == SOCKET_FILTER | first 1
$rows | insert dropped { $in.stack.function has tcp_v4_rcv } | update sport { $in > 1024 } | reject time pid comm state stack
