/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The fixed program that shows what a machine allows: a CO-RE relocation
 * against the kernel's types, a map and a ring buffer.
 */
#include <nu/types.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

struct task_struct {
	__s32 pid;
	__s32 tgid;
} __attribute__((preserve_access_index));

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} runs SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} seen SEC(".maps");

/* Sends the process id as the kernel's own structure has it. */
SEC("raw_tracepoint/sched_process_exec")
int preflight(void *ctx __unused)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	__u32 slot = 0;
	__u64 *count = bpf_map_lookup_elem(&runs, &slot);
	__s32 tgid = BPF_CORE_READ(task, tgid);

	if (count)
		__sync_fetch_and_add(count, 1);
	bpf_ringbuf_output(&seen, &tgid, sizeof(tgid), 0);
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
