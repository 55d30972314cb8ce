/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Stacks of processes: the number of a stack, and whose it is.
 */
#ifndef NU_PROCESS_H
#define NU_PROCESS_H

#include <nu/stack.h>
#include <nu/image.h>

struct nu_user_stack {
	__s32 id;
	__u32 tgid;
	/* Which of the programs that processes of this id have run. */
	__u32 image;
};

static __always_inline __unused struct nu_user_stack nu_user_stack(void *ctx)
{
	struct nu_user_stack stack = { .id = nu_stack(ctx, BPF_F_USER_STACK) };
	struct nu_image image;

	/* Without frames it is nobody's: as a key it is one. */
	if (stack.id < 0)
		return stack;
	image = nu_image();
	stack.tgid = image.tgid;
	stack.image = image.image;
	return stack;
}

/* Whether a stack has no frames, or was not stored. */
#define nu_no_user_frames(stack) ((stack).id < 0)

#endif /* NU_PROCESS_H */
