// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Reads by thread. */
#include "../handwritten/own.h"

COUNTS(__u32)

SEC("tracepoint/syscalls/sys_enter_read")
int reads(void *ctx)
{
	__u32 key = bpf_get_current_pid_tgid();

	count(&key);
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
