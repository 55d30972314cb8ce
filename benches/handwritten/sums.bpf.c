// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Checked arithmetic: an overflow is counted, and nothing is sent. */
#include "own.h"

struct row {
	__u32 kind;
	__s64 sum, twice, pages, rest;
};

RING
ERRORS_KEPT

SEC("tracepoint/syscalls/sys_enter_read")
int reads(struct enter_read *ctx)
{
	__s64 count = ctx->count, sum, twice;
	struct row *row;

	if (__builtin_add_overflow((__s64)(__u32)ctx->fd, count, &sum))
		return fail(__LINE__);
	if (__builtin_add_overflow(sum, sum, &twice))
		return fail(__LINE__);
	row = bpf_ringbuf_reserve(&ring, sizeof(*row), 0);
	if (!row) {
		add_stat(DROPPED);
		return 0;
	}
	row->kind = 0;
	row->sum = sum;
	row->twice = twice;
	/* Rounded down: shift and mask. */
	row->pages = count >> 12;
	row->rest = count & 4095;
	submit(row, sizeof(*row));
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
