# needs: kprobes
# expect: [[comm, laddr, lport, raddr, rport, waiting, backlog]; [talker, "127.0.0.1", 28008, "127.0.0.1", true, 0, 64], [talker, "127.0.0.1", 28008, "127.0.0.1", true, 0, 64], [talker, "::1", 28008, "::1", true, 0, 64]]
use tcpaccept.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TALKER talk 2 100; ^$env.TALKER talk6 1 100 }
tcpaccept --comm talker | first 3 | reject time pid | update rport { $in > 1024 }
