/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Loops are calls of bpf_loop (Linux 5.17), and a turn a function that shares a
 * struct with what is around the loop. Until Linux 6.7 the verifier walks a
 * turn once, as if there were no other: what a loop changes is made unknown to
 * it before, as the turn before may have left it, and after, as the last may.
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

#endif /* NU_LOOP_H */
