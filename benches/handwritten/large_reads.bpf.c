// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Reads of 4,000 bytes or more by others than root, by process and file. */
#include "own.h"

struct key {
	char comm[16];
	__u32 fd;
};

COUNTS(struct key)

SEC("tracepoint/syscalls/sys_enter_read")
int reads(struct enter_read *ctx)
{
	struct key key;

	if ((__s64)ctx->count < 4000 || !(__u32)bpf_get_current_uid_gid())
		return 0;
	bpf_get_current_comm(key.comm, sizeof(key.comm));
	key.fd = ctx->fd;
	count(&key);
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
