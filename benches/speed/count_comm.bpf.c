// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Reads by the name of the process. */
#include "../handwritten/own.h"

struct key {
	char comm[16];
};

COUNTS(struct key)

SEC("tracepoint/syscalls/sys_enter_read")
int reads(void *ctx)
{
	struct key key;

	bpf_get_current_comm(key.comm, sizeof(key.comm));
	count(&key);
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
