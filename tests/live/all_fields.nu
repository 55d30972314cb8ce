# kernels: it reads the kernel's structs
# expect: [[__syscall_nr, dfd, filename, flags, mode], true]
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_openat' {|ctx| if $ctx.mode == 81 { $ctx.args | emit } }
^$env.TRIGGER badptr
let row = ebpf trace $id | first
# Linux 7.0 adds what it has read of the string.
[($row | columns | where $it != __filename_val) ($row.filename == "0x10")]
