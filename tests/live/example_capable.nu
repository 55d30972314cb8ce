# needs: kprobes
# expect: [[uid, comm, capability, audit, granted]; [0, trigger, CAP_SYS_CHROOT, true, true], [0, trigger, CAP_SYS_CHROOT, true, true], [65534, trigger, CAP_SYS_CHROOT, true, false], [65534, trigger, CAP_SYS_CHROOT, true, false]]
use capable.nu
job spawn { while (ebpf list | is-empty) { sleep 100ms }; ^$env.TRIGGER roots 2 }
capable --comm trigger | where capability == CAP_SYS_CHROOT | first 4 | reject time pid
