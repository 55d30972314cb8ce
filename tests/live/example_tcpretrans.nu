# expect: [[laddr, lport, raddr, rport, state]; ["127.0.0.1", true, "127.0.0.1", 28008, ESTABLISHED]]
use tcpretrans.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TALKER repeat 600 }
# Connections of an earlier case may still be closing.
tcpretrans | where rport == 28008 and state == ESTABLISHED | first 1 | select laddr lport raddr rport state | update lport { $in > 1024 }
