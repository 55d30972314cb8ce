// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Three numbers and a name of each read. */
#include "../handwritten/own.h"

#undef RING_SIZE
#define RING_SIZE (32 * 1024 * 1024)

struct row {
	__u32 event;
	__u32 pid;
	__u64 fd, count;
	char comm[16];
};

RING;

SEC("tracepoint/syscalls/sys_enter_read")
int reads(struct enter_read *ctx)
{
	struct row *row = bpf_ringbuf_reserve(&ring, sizeof(*row), 0);

	if (!row) {
		add_stat(DROPPED);
		return 0;
	}
	row->event = 0;
	row->pid = bpf_get_current_pid_tgid();
	row->fd = ctx->fd;
	row->count = ctx->count;
	bpf_get_current_comm(row->comm, sizeof(row->comm));
	submit(row, sizeof(*row));
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
