// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Sizes of reads by powers of two, by a loop. */
#include "own.h"

COUNTS(__s64)
ERRORS_KEPT

SEC("tracepoint/syscalls/sys_enter_read")
int reads(struct enter_read *ctx)
{
	__s64 rest = ctx->count, power = 0;
	int i;

	for (i = 0; i < 256; i++) {
		if (rest <= 1)
			break;
		rest >>= 1;
		power++;
	}
	if (i == 256)
		return fail(__LINE__);
	count(&power);
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
