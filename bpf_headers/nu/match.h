/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * A constant pattern, as the table that templates/automaton.c prints: one look
 * into it for every byte of the text, until the answer is known.
 */
#ifndef NU_MATCH_H
#define NU_MATCH_H

#include <nu/text.h>

/* The states below this one are left by no byte. */
#define NU_SINKS 3

/* What a state means at the text's end. */
enum nu_match {
	NU_NO_MATCH,
	NU_MATCH,
	NU_GIVE_UP,
};

/*
 * Whether the text has a match. True is returned where the table cannot tell:
 * there is a word boundary beside a character that is not ASCII.
 */
static __always_inline bool nu_match(const char *text, __u32 length, __u32 size,
				     const __u8 *classes, const __u16 *next, const __u8 *ends,
				     __u32 width, __u32 states, __u32 start, bool *to)
{
	__u32 len = nu_blur(length, size), state = start;
	__u8 end;

	for (__u32 i = 0; i < size; i++) {
		__u32 entry;

		if (i >= len || state < NU_SINKS)
			break;
		entry = state * width + classes[(__u8)text[i]];
		nu_opaque(entry);
		/* Never so; but the verifier does not know what is in the table. */
		if (entry >= states * width)
			break;
		state = next[entry];
	}
	state = nu_blur(state, 0xffff);
	if (state >= states)
		return true;
	end = ends[state];
	*to = end == NU_MATCH;
	return end == NU_GIVE_UP;
}

#endif /* NU_MATCH_H */
