// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* How long reads take: the start in the thread's own storage, which ends with it. */
#include "own_histogram.h"

struct start {
	__u64 time;
	__u64 runs;
};

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct start);
} starts SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct histogram);
} histograms SEC(".maps");

SEC("tracepoint/syscalls/sys_enter_read")
int enter(void *ctx)
{
	struct start *start = bpf_task_storage_get(&starts, bpf_get_current_task_btf(), NULL,
						   BPF_LOCAL_STORAGE_GET_F_CREATE);

	if (!start) {
		add_stat(FULL);
		return 0;
	}
	start->time = bpf_ktime_get_ns();
	start->runs = 1;
	return 0;
}

SEC("tracepoint/syscalls/sys_exit_read")
int leave(void *ctx)
{
	struct start *start = bpf_task_storage_get(&starts, bpf_get_current_task_btf(), NULL, 0);
	struct histogram *histogram;
	__u32 slot = 0;

	if (!start || !start->runs)
		return 0;
	start->runs = 0;
	histogram = bpf_map_lookup_elem(&histograms, &slot);
	if (histogram)
		histogram->buckets[log2_of(bpf_ktime_get_ns() - start->time) & 63]++;
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
