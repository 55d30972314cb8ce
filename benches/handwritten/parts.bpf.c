// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* A row for each part of a number that is not 0. */
#include "own.h"

struct row {
	__u32 kind;
	__s64 part, size;
};

RING

SEC("tracepoint/syscalls/sys_enter_read")
int reads(struct enter_read *ctx)
{
	__s64 count = ctx->count;

	for (__s64 part = 0; part < 4; part++) {
		__s64 size = (count >> (part * 16)) & 0xffff;
		struct row *row;

		if (!size)
			continue;
		row = bpf_ringbuf_reserve(&ring, sizeof(*row), 0);
		if (!row) {
			add_stat(DROPPED);
			continue;
		}
		row->kind = 0;
		row->part = part;
		row->size = size;
		submit(row, sizeof(*row));
	}
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
