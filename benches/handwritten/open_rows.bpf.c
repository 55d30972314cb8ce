// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Files that are opened, and by whom. */
#include "own.h"

struct row {
	__u32 kind, pid;
	char comm[16];
	__s32 file_len;
	char file[130];
};

RING

SEC("tracepoint/syscalls/sys_enter_openat")
int opens(struct enter_openat *ctx)
{
	struct row *row = bpf_ringbuf_reserve(&ring, sizeof(*row), 0);

	if (!row) {
		add_stat(DROPPED);
		return 0;
	}
	row->kind = 0;
	row->pid = bpf_get_current_pid_tgid() >> 32;
	bpf_get_current_comm(row->comm, sizeof(row->comm));
	row->file_len = read_text(row->file, sizeof(row->file), ctx->filename);
	submit(row, sizeof(*row));
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
