# lanes: host vm-6.1 vm-6.12
# expect: [[[field, type, description, kernel]; [__syscall_nr, int, "int __syscall_nr", int], [dfd, int, "int dfd", int], [filename, address, "const char * filename, in the process's memory", "const char *"], [flags, int, "int flags", int], [mode, int, "umode_t mode", umode_t]], [[field, type, description, kernel]; [pid, int, "Thread id (the kernel's pid).", null]], 0]
let all = ebpf fields 'tracepoint:syscalls/sys_enter_openat'
[($all | first 5) ($all | where field == pid) ($all | where field starts-with entry | length)]
