// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Reads. */
#include "../handwritten/own.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} number SEC(".maps");

SEC("tracepoint/syscalls/sys_enter_read")
int reads(void *ctx)
{
	__u32 slot = 0;
	__u64 *value = bpf_map_lookup_elem(&number, &slot);

	if (value)
		(*value)++;
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
