/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Stacks: the kernel keeps each once, under a number that stands for it in rows
 * and keys. Where two have one place, the second is refused, and counted.
 */
#ifndef NU_STACK_H
#define NU_STACK_H

#include <nu/stats.h>

/* Frames of a stack at most, as the kernel walks no more (kernel.perf_event_max_stack). */
#define NU_FRAMES 127

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 16384);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, NU_FRAMES * sizeof(__u64));
} nu_stacks SEC(".maps");

/* There is no such stack: a thread of the kernel's has none of a user. */
#define NU_NO_STACK (-1)

/* Another one has its place (EEXIST), or there is no memory for it (ENOMEM). */
#define NU_LOST_STACK (-2)

/* The stack's number, or one of these. */
static __always_inline __s32 nu_stack(void *ctx, __u64 flags)
{
	long id = bpf_get_stackid(ctx, &nu_stacks, flags);

	if (id >= 0)
		return id;
	if (id != -17 && id != -12)
		return NU_NO_STACK;
	nu_stat(NU_COLLISIONS);
	return NU_LOST_STACK;
}

static __always_inline __unused __s32 nu_kernel_stack(void *ctx)
{
	return nu_stack(ctx, 0);
}

/* Whether a stack has no frames, or was not stored. */
#define nu_no_frames(stack) ((stack) < 0)

#endif /* NU_STACK_H */
