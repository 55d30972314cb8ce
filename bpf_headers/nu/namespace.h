/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * A thread's ids as the shell that attached sees them: in its pid namespace,
 * which of a shell in a container is the container's. The kernel's helper for it
 * (bpf_get_ns_current_pid_tgid) passes over threads of the namespaces below.
 */
#ifndef NU_NAMESPACE_H
#define NU_NAMESPACE_H

#include <nu/types.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

/* A namespace is in at most so many (MAX_PID_NS_LEVEL of include/linux/pid_namespace.h). */
#define NU_PID_LEVELS 32

struct ns_common___nu {
	__u32 inum;
} __attribute__((preserve_access_index));

struct pid_namespace___nu {
	struct ns_common___nu ns;
} __attribute__((preserve_access_index));

struct upid___nu {
	int nr;
	struct pid_namespace___nu *ns;
} __attribute__((preserve_access_index));

/* The numbers of a thread, of each namespace that it is in, the outermost first. */
struct pid___nu {
	__u32 level;
	struct upid___nu numbers[1];
} __attribute__((preserve_access_index));

struct task_struct___pids {
	struct task_struct___pids *group_leader;
	struct pid___nu *thread_pid;
} __attribute__((preserve_access_index));

/* The inode of the initial pid namespace (PROC_PID_INIT_INO of include/linux/proc_ns.h). */
#define NU_INITIAL_PID_NAMESPACE 0xeffffffcU

/* The shell's namespace, written before loading: the inode of /proc/self/ns/pid. */
const volatile __u64 nu_pid_namespace SEC(".rodata.nu_pidns") = 0;

/*
 * The id of the thread, or of its process; 0 where the shell does not see it. Not
 * static: so the verifier goes through it once by itself, not for each way out of
 * its loop through all that follows.
 */
__noinline __u32 nu_namespace_pid(__u32 process)
{
	struct task_struct___pids *task = (void *)bpf_get_current_task();
	struct upid___nu *number;
	struct pid___nu *pid;
	__u32 level;

	if (process)
		task = BPF_CORE_READ(task, group_leader);
	pid = BPF_CORE_READ(task, thread_pid);
	level = BPF_CORE_READ(pid, level);
	number = __builtin_preserve_access_index(&pid->numbers[0]);
	for (__u32 i = 0; i < NU_PID_LEVELS; i++) {
		/* Else clang joins the two bounds to one that the verifier does not know. */
		barrier_var(level);
		if (i > level)
			break;
		if (BPF_CORE_READ(number, ns, ns.inum) == nu_pid_namespace)
			return BPF_CORE_READ(number, nr);
		number = (void *)number + bpf_core_type_size(struct upid___nu);
	}
	return 0;
}

/*
 * The id of the current process as the shell sees it, for --pid. The namespace is
 * constant once loaded, so that the verifier removes the branch not taken.
 */
static __always_inline __u32 nu_process_id(void)
{
	if (!nu_pid_namespace || nu_pid_namespace == NU_INITIAL_PID_NAMESPACE)
		return bpf_get_current_pid_tgid() >> 32;
	return nu_namespace_pid(1);
}

#endif /* NU_NAMESPACE_H */
