# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [[comm, uid, call, to, ruid, euid, suid, error]; [trigger, 0, setuid, 0, null, null, null, null], [trigger, 0, setresuid, null, null, 0, null, null], [trigger, 0, setreuid, null, null, null, null, null], [trigger, 0, setfsuid, 0, null, null, null, null], [trigger, 0, setuid, 4294967295, null, null, null, EINVAL]]
use setuids.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER setuids }
setuids --comm trigger | first 5 | reject time pid
