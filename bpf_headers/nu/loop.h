/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Loops are calls of bpf_loop() (Linux 5.17). The loop body is a callback that
 * shares a struct with the code around the loop. Until Linux 6.7 the verifier
 * walks the callback once, as if it were the only iteration: variables that a
 * loop changes are made unknown before it, and again after it.
 *
 * With NU_BOUNDED_LOOPS, for older kernels, a loop is a C loop with a constant
 * bound (Linux 5.3), whose iterations the verifier walks one by one.
 */
#ifndef NU_LOOP_H
#define NU_LOOP_H

#include <nu/forget.h>
#include <bpf/bpf_helpers.h>

/*
 * Ends a loop with its turn. Hidden from clang, which would return the byte of
 * a bool where that tells whether: the verifier wants no more than 0 and 1.
 */
static __always_inline long nu_break(void)
{
	long last = 1;

	asm volatile("" : "+r"(last));
	return last;
}

/* Ends a loop with its turn, and what that stands in: how far is told by way. */
static __always_inline long nu_leave(__u32 *to, __u32 way)
{
	*to = way;
	return nu_break();
}

/* Runs a loop body until it returns 1; returns the number of iterations, as bpf_loop() does. */
#ifdef NU_BOUNDED_LOOPS
#define nu_loop(times, body, frame) ({						\
	__u32 nu_ran = 0;							\
										\
	_Pragma("nounroll")							\
	while (nu_ran < (times))						\
		if (body(nu_ran++, frame))					\
			break;							\
	nu_ran;									\
})
#else
#define nu_loop(times, body, frame) bpf_loop(times, body, frame, 0)
#endif

#endif /* NU_LOOP_H */
