// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* A clock's values by thread. */
#include "own_histogram.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct histogram);
} histograms SEC(".maps");

static const struct histogram zeros;

SEC("tracepoint/syscalls/sys_enter_read")
int reads(void *ctx)
{
	__u32 key = bpf_get_current_pid_tgid();
	struct histogram *histogram = bpf_map_lookup_elem(&histograms, &key);

	if (!histogram) {
		bpf_map_update_elem(&histograms, &key, &zeros, BPF_NOEXIST);
		histogram = bpf_map_lookup_elem(&histograms, &key);
		if (!histogram) {
			add_stat(FULL);
			return 0;
		}
	}
	histogram->buckets[log2_of(bpf_ktime_get_ns()) & 63]++;
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
