// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* A division that may be by zero, and a few numbers looked through. */
#include "own.h"

struct row {
	__u32 kind, pid;
	__s64 share;
	bool some;
	__s64 large;
};

RING

/* Rounded down; -1 where there is nothing to divide by. */
static __always_inline __s64 share_of(__s64 count)
{
	__u64 size = count < 0 ? 0 - (__u64)count : count;
	__u64 share, whole = 1 << 20;

	if (!count)
		return -1;
	share = whole / size;
	return count > 0 ? (__s64)share : -(__s64)(share + (share * size != whole));
}

SEC("tracepoint/syscalls/sys_enter_read")
int reads(struct enter_read *ctx)
{
	__s64 count = ctx->count, fd = (__u32)ctx->fd, share = share_of(count);
	struct row *row = bpf_ringbuf_reserve(&ring, sizeof(*row), 0);

	if (!row) {
		add_stat(DROPPED);
		return 0;
	}
	row->kind = 0;
	row->pid = bpf_get_current_pid_tgid();
	row->share = share;
	row->some = !fd || !count || !share;
	row->large = (fd > 99) + (count > 99) + (share > 99);
	submit(row, sizeof(*row));
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
