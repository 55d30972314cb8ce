// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Nothing but a comparison. */
#include "../handwritten/own.h"

SEC("tracepoint/syscalls/sys_enter_read")
int reads(struct enter_read *ctx)
{
	if ((__u32)ctx->fd == 77777)
		add_stat(EVENTS);
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
