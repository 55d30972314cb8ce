// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* How files are opened. The mode's name is the key, as it is to be shown. */
#include "own.h"

struct key {
	__s32 len;
	char mode[8];
	bool fresh;
};

COUNTS(struct key)

SEC("tracepoint/syscalls/sys_enter_openat")
int opens(struct enter_openat *ctx)
{
	struct key key = {};
	__u32 flags = ctx->flags;

	switch (flags & 3) {
	case 0:
		key.len = 4;
		__builtin_memcpy(key.mode, "read", 4);
		break;
	case 1:
		key.len = 5;
		__builtin_memcpy(key.mode, "write", 5);
		break;
	case 2:
		key.len = 4;
		__builtin_memcpy(key.mode, "both", 4);
		break;
	default:
		key.len = 5;
		__builtin_memcpy(key.mode, "wrong", 5);
	}
	key.fresh = flags & 64;
	count(&key);
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
