cp --recursive $env.NU_EBPF_TRACEFS other
ebpf compile 'tracepoint:syscalls/sys_enter_openat' {|ctx| $ctx.filename | read-str | emit } --output openat.o
let format = 'other/events/syscalls/sys_enter_openat/format'
open --raw $format | str replace --all 'offset:24' 'offset:32' | save --force $format
plugin stop ebpf
$env.NU_EBPF_TRACEFS = ('other' | path expand)
ebpf attach --object openat.o
