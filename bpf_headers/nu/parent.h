/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The parent of the process: who started it, or who has taken it since, not a
 * debugger.
 */
#ifndef NU_PARENT_H
#define NU_PARENT_H

#include <nu/types.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

struct task_struct___parent {
	int tgid;
	char comm[16];
	struct task_struct___parent *group_leader;
	struct task_struct___parent *real_parent;
} __attribute__((preserve_access_index));

/* The leader of the parent's threads: its name is the process's. */
static __always_inline __unused struct task_struct___parent *nu_parent(void)
{
	struct task_struct___parent *task = (void *)bpf_get_current_task();

	return BPF_CORE_READ(task, real_parent, group_leader);
}

static __always_inline __unused __u32 nu_parent_pid(void)
{
	struct task_struct___parent *parent = nu_parent();

	return BPF_CORE_READ(parent, tgid);
}

/* Behind the name's end the kernel may keep another: as a key, names must be alike. */
static __always_inline __unused void nu_parent_comm(char *to, __u32 size)
{
	struct task_struct___parent *parent = nu_parent();

	__builtin_memset(to, 0, size);
	bpf_core_read_str(to, size, &parent->comm);
}

#endif /* NU_PARENT_H */
