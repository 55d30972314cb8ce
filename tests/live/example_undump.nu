# needs: kprobes
# expect: [[comm, size, data]; [talker, 4b, 0x[68656C6C]], [talker, 8b, 0x[6F2C20776F726C64]]]
use undump.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TALKER whisper 'hello, world' }
undump --comm talker | first 2 | select comm size data
