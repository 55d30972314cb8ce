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

/* The same of a string: what a helper has written is not known to the verifier. */
#define nu_forget_text(text) bpf_probe_read_kernel(&(text), sizeof(text), &(text))

/* Ends a loop's turn, the loop, and what that stands in: how far is told by to. */
static __always_inline long nu_leave(__u32 *to, __u32 way)
{
	*to = way;
	return 1;
}

#endif /* NU_LOOP_H */
