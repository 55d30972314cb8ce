/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Whose addresses they are: addresses of a process mean something only together
 * with what it has mapped, and it may end at any time. The first one of each program
 * that a process runs tells the reader, which looks at once, and so does the first
 * one after it has mapped more.
 */
#ifndef NU_IMAGE_H
#define NU_IMAGE_H

#include <bpf/bpf_core_read.h>

struct mm_struct {
	unsigned long start_stack;
	/* Pages that code can run in. */
	unsigned long exec_vm;
} __attribute__((preserve_access_index));

struct task_struct {
	__u64 self_exec_id;
	__u64 start_time;
	struct task_struct *group_leader;
	struct mm_struct *mm;
} __attribute__((preserve_access_index));

struct nu_image {
	__u32 tgid;
	__u32 image;
};

struct nu_process {
	struct nu_image image;
	/* Where its stack starts: /proc tells the same of the same image. */
	__u64 start_stack;
};

/* What the reader was told last of an image, when, and how often. */
struct nu_told {
	__u64 exec_vm;
	__u64 ktime;
	__u64 times;
};

/* Tells of an image that come at once; of one that makes code all the time, one in so many nanoseconds. */
#define NU_AT_ONCE 16
#define NU_PAUSE 100000000ULL

/* The images that the reader has been told of; of very many, the rarest again. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, struct nu_image);
	__type(value, struct nu_told);
} nu_seen SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} nu_processes SEC(".maps");

/* Tells the reader; where it has no room for that, the next stack does. */
static __noinline __unused int nu_tell(struct nu_image *image, __u64 exec_vm)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct nu_told told = { .exec_vm = exec_vm, .ktime = bpf_ktime_get_ns(), .times = 1 };
	struct nu_told *before;
	struct nu_process *row;

	if (!image)
		return 0;
	before = bpf_map_lookup_elem(&nu_seen, image);
	if (before) {
		if (before->times >= NU_AT_ONCE && told.ktime - before->ktime < NU_PAUSE)
			return 0;
		told.times = before->times + 1;
	}
	row = bpf_ringbuf_reserve(&nu_processes, sizeof(*row), 0);
	if (!row)
		return 0;
	row->image = *image;
	row->start_stack = BPF_CORE_READ(task, mm, start_stack);
	bpf_ringbuf_submit(row, BPF_RB_FORCE_WAKEUP);
	bpf_map_update_elem(&nu_seen, image, &told, BPF_ANY);
	return 0;
}

/* The current process's; the reader knows of it, or is told. */
static __always_inline __unused struct nu_image nu_image(void)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct nu_told *told;
	struct nu_image image;
	__u64 start, exec_vm;

	/* An exec is another image; so is a later process of the same id, which starts later. */
	start = BPF_CORE_READ(task, group_leader, start_time) >> 20;
	image.tgid = bpf_get_current_pid_tgid() >> 32;
	image.image = (__u32)BPF_CORE_READ(task, self_exec_id) ^ ((__u32)start * 2654435761u);
	exec_vm = BPF_CORE_READ(task, mm, exec_vm);
	told = bpf_map_lookup_elem(&nu_seen, &image);
	if (!told || told->exec_vm != exec_vm)
		nu_tell(&image, exec_vm);
	return image;
}

/* As one number: the process's id in its lower half. */
static __always_inline __unused __s64 nu_image_number(void)
{
	struct nu_image image = nu_image();

	return (__s64)((__u64)image.image << 32 | image.tgid);
}

#endif /* NU_IMAGE_H */
