// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Reads by the process that started the one that started the reader, by helpers. */
#include "../handwritten/own.h"
#include <bpf/bpf_core_read.h>

struct task_struct {
	struct task_struct *real_parent;
	int tgid;
} __attribute__((preserve_access_index));

COUNTS(__u32)

SEC("tracepoint/syscalls/sys_enter_read")
int reads(void *ctx)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	__u32 key = BPF_CORE_READ(task, real_parent, real_parent, tgid);


	count(&key);
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
