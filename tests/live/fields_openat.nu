# expect: [[[field, type, description, kernel, since]; [__syscall_nr, int, "int __syscall_nr", int, null], [dfd, int, "int dfd", int, null], [filename, address, "const char * filename, in the process's memory", "const char *", null], [flags, int, "int flags", int, null], [mode, int, "umode_t mode", umode_t, null]], [[field, type, description, kernel, since]; [pid, int, "Thread id (the kernel's pid).", null, "4.2"]], 0]
let all = ebpf fields 'tracepoint:syscalls/sys_enter_openat'
[($all | first 5) ($all | where field == pid) ($all | where field starts-with entry | length)]
