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

/* One program a kind of probe: to see whether it can be had. */
#define TRY(name, section)                                                     \
	SEC(section) int name(void *ctx __unused)                              \
	{                                                                      \
		return 0;                                                      \
	}

TRY(on_tracepoint, "tracepoint/sched/sched_process_exec")
TRY(on_raw_tracepoint, "tp_btf/sched_process_exec")
TRY(on_kprobe, "kprobe/vfs_read")
TRY(on_kretprobe, "kretprobe/vfs_read")
TRY(on_ksyscall, "ksyscall/getpid")
TRY(on_kretsyscall, "kretsyscall/getpid")
TRY(on_fentry, "fentry/vfs_read")
TRY(on_fexit, "fexit/vfs_read")
TRY(on_lsm, "lsm/file_open")
TRY(on_uprobe, "uprobe")
TRY(on_uretprobe, "uretprobe")
TRY(on_usdt, "uprobe")
TRY(on_profile, "perf_event")
TRY(on_interval, "perf_event")
TRY(on_software, "perf_event")
TRY(on_hardware, "perf_event")
TRY(on_watchpoint, "perf_event")
TRY(on_iter, "iter/task")

char LICENSE[] SEC("license") = "Dual MIT/GPL";
