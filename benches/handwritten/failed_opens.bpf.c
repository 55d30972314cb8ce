// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Opens that fail, by process and error. */
#include "own.h"

struct key {
	char comm[16];
	__s64 error;
};

COUNTS(struct key)
ERRORS_KEPT

SEC("tracepoint/syscalls/sys_exit_openat")
int failures(struct exit_openat *ctx)
{
	__s64 ret = ctx->ret;
	struct key key;

	if (ret >= 0)
		return 0;
	if (__builtin_sub_overflow(0, ret, &key.error))
		return fail(__LINE__);
	bpf_get_current_comm(key.comm, sizeof(key.comm));
	count(&key);
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
