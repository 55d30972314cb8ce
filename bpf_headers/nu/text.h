/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Nushell's functions on strings. A string is (text, len, size): its bytes, how
 * many they are, and the constant number of bytes that can be read at text; the
 * caller has clamped len to size. A result goes to (to, to_size), which the
 * caller has zeroed and which is no operand; what is returned is its length.
 * A function that returns bool with a result through a pointer returns true
 * where Nushell would have raised an error, or where the kernel cannot know
 * what Nushell would have answered: never another answer.
 *
 * Indices are of bytes, as Nushell's are by default. No string is taken to end
 * in a NUL, so all of this is good for binary data, too.
 *
 * How the loops are written: the verifier walks every turn of a loop, and again
 * whatever follows, for every way out that left it something else to know. So
 * counters are constants that are dead afterwards, what lives on is computed
 * without branches from what the verifier does not know (see nu_blur),
 * and a bound that is lost by this is set by a branch that is never taken.
 */
#ifndef NU_TEXT_H
#define NU_TEXT_H

#include <nu/forget.h>
#include <bpf/bpf_helpers.h>

/* The most bytes of a string that is looked for in another. */
#define NU_PART 64

/*
 * Hides from clang what is known of a value: of an index, so that no check of
 * it is optimized away; of a pointer, so that no addition to it becomes an or,
 * which the verifier does not allow.
 */
#define nu_opaque(value) asm volatile("" : "+r"(value))


/* The least number of all ones that is not less than a constant of 16 bits. */
#define nu_ones(most) \
	((most) | (most) >> 1 | (most) >> 2 | (most) >> 3 | (most) >> 4 | (most) >> 5 | \
	 (most) >> 6 | (most) >> 7 | (most) >> 8 | (most) >> 9 | (most) >> 10 | (most) >> 11 | \
	 (most) >> 12 | (most) >> 13 | (most) >> 14 | (most) >> 15)

/*
 * The same value, at most as big as a constant, of which the verifier knows no
 * more than the number of its bits, and which it relates to nothing else.
 */
static __always_inline __u32 nu_blur(__u32 value, __u32 most)
{
	value ^= (__u32)nu_nothing;
	/* The mask last: before 6.10 the verifier forgets all bounds at an XOR. */
	nu_opaque(value);
	return value & nu_ones(most);
}

/* All bits where the 31-bit numbers are the same, none otherwise; no branch. */
static __always_inline __u32 nu_if_same(__u32 a, __u32 b)
{
	__u32 mask = (__u32)((__s32)((a ^ b) - 1) >> 31);

	nu_opaque(mask);
	return mask;
}

/* All bits where a < b, for 31-bit numbers, none otherwise; no branch. */
static __always_inline __u32 nu_if_less(__u32 a, __u32 b)
{
	__u32 mask = (__u32)((__s32)(a - b) >> 31);

	nu_opaque(mask);
	return mask;
}

/* One of two numbers by a mask of all bits or none. */
static __always_inline __u32 nu_choose(__u32 mask, __u32 yes, __u32 no)
{
	return no ^ ((no ^ yes) & mask);
}

/*
 * The length that goes with the text of a string that may be null (-1) or cut
 * (size + 1). No branch: what follows is verified once, not for each of them.
 */
static __always_inline __u32 nu_clamp(__s32 len, __u32 size)
{
	__u32 own = (__u32)len ^ (__u32)nu_nothing, some = own & nu_if_less(0, own + 1);

	return nu_choose(nu_if_less(size, some), size, some) & nu_ones(size);
}

/*
 * The length of what a string is made into, in a place for room bytes: what has
 * all bytes of one that was cut is cut as well. No branch, as in nu_clamp().
 */
static __always_inline __s32 nu_stays_cut(__s32 made, __s32 len, __u32 size, __u32 room)
{
	__u32 cut = nu_if_less(size, (__u32)len) & ~nu_if_less((__u32)made, size);

	return (__s32)nu_choose(cut, room + 1, (__u32)made);
}

/* A place in text: at is size at most. */
static __always_inline const char *nu_place(const char *text, __u32 at, __u32 size)
{
	nu_opaque(text);
	nu_opaque(at);
	return text + (at & nu_ones(size));
}

/* Copies len bytes, at most size of them. It is no loop for the verifier. */
static __always_inline void nu_copy(char *to, const char *from, __u32 len, __u32 size)
{
	nu_opaque(len);
	if (len <= size)
		bpf_probe_read_kernel(to, len, from);
}

/* a == b of two strings. */
static __always_inline bool nu_equal(const char *a, __u32 a_len, __u32 a_size,
				     const char *b, __u32 b_len, __u32 b_size)
{
	__u32 size = a_size < b_size ? a_size : b_size, len = nu_blur(a_len, a_size);

	if (len != nu_blur(b_len, b_size))
		return false;
	for (__u32 i = 0; i < size; i++) {
		if (i >= len)
			break;
		if (a[i] != b[i])
			return false;
	}
	return true;
}

/* Less than, equal to or greater than 0, as a is to b: by bytes. */
static __always_inline __s32 nu_compare(const char *a, __u32 a_len, __u32 a_size,
					const char *b, __u32 b_len, __u32 b_size)
{
	__u32 size = a_size < b_size ? a_size : b_size;
	__u32 x = nu_blur(a_len, a_size), y = nu_blur(b_len, b_size);
	__u32 len = nu_choose(nu_if_less(x, y), x, y);

	for (__u32 i = 0; i < size; i++) {
		if (i >= len)
			break;
		if (a[i] != b[i])
			return (__s32)(__u8)a[i] - (__s32)(__u8)b[i];
	}
	return (__s32)nu_blur(a_len, a_size) - (__s32)nu_blur(b_len, b_size);
}

/* Whether part stands at a place of text. */
static __always_inline bool nu_part_at(const char *text, __u32 len, __u32 size, __u32 at,
				       const char *part, __u32 part_len, __u32 part_size)
{
	__u32 count = nu_blur(part_len, part_size);

	nu_opaque(text);
	at = nu_blur(at, size);
	if (at > size || count > nu_blur(len, size))
		return false;
	for (__u32 i = 0; i < part_size && i < size; i++) {
		__u32 place = at + i;

		if (i >= count)
			break;
		nu_opaque(place);
		if (place >= size || text[place] != part[i])
			return false;
	}
	return true;
}

/* str starts-with, bytes starts-with. */
static __always_inline bool nu_starts_with(const char *text, __u32 len, __u32 size,
					   const char *part, __u32 part_len, __u32 part_size)
{
	__u32 count = nu_blur(part_len, part_size);

	if (count > nu_blur(len, size))
		return false;
	for (__u32 i = 0; i < part_size && i < size; i++) {
		if (i >= count)
			break;
		if (text[i] != part[i])
			return false;
	}
	return true;
}

/* str ends-with, bytes ends-with. */
static __always_inline bool nu_ends_with(const char *text, __u32 len, __u32 size,
					 const char *part, __u32 part_len, __u32 part_size)
{
	if (nu_blur(part_len, part_size) > nu_blur(len, size))
		return false;
	return nu_part_at(text, len, size, len - part_len, part, part_len, part_size);
}

/*
 * What nu_index_of needs to know of the part: for every number of bytes from
 * the part's start, 0..=part_len, the length of the longest shorter start that
 * is also their end (Knuth, Morris, Pratt). borders has part_size + 1 bytes,
 * zeroed; for a constant part they are constants, too. At most 255 bytes.
 */
static __always_inline void nu_borders(const char *part, __u32 part_len, __u32 part_size,
				       __u8 *borders)
{
	__u32 len = nu_blur(part_len, part_size);
	__u32 at = nu_blur(1, part_size), known = nu_blur(0, part_size);

	nu_opaque(part);
	nu_opaque(borders);
	for (__u32 step = 0; step < 2 * part_size; step++) {
		__u32 same, start;

		if (at >= len || at >= part_size)
			break;
		nu_opaque(known);
		if (known >= part_size)
			break;
		same = nu_if_same((__u8)part[at], (__u8)part[known]);
		start = nu_if_same(known, 0);
		/* Until it is final, this is overwritten in a later step. */
		borders[at + 1] = (known + 1) & same;
		at += (same | start) & 1;
		known = nu_choose(same, known + 1, borders[known]);
	}
}

/*
 * str index-of, bytes index-of: where part first stands in text, or last if
 * last is set (a constant); -1 where it does not. Takes 2 * len steps.
 */
static __always_inline __s32 nu_index_of(const char *text, __u32 len, __u32 size,
					 const char *part, __u32 part_len, __u32 part_size,
					 const __u8 *borders, bool last)
{
	__u32 end = nu_blur(len, size), whole = nu_blur(part_len, part_size);
	__u32 at = nu_blur(0, size), found = nu_blur(0, size), known = nu_blur(0, part_size);

	nu_opaque(text);
	nu_opaque(part);
	nu_opaque(borders);
	/* Nothing stands everywhere. */
	if (!whole)
		return last ? (__s32)nu_blur(len, size) : 0;
	for (__u32 step = 0; step < 2 * size; step++) {
		__u32 same, start, all;

		if (at >= end || at >= size)
			break;
		nu_opaque(known);
		if (known >= part_size)
			break;
		same = nu_if_same((__u8)text[at], (__u8)part[known]);
		start = nu_if_same(known, 0);
		at += (same | start) & 1;
		known = nu_choose(same, known + 1, borders[known]);
		if (!last) {
			if (known == whole)
				return (__s32)(at - known);
			continue;
		}
		/* One more than the place, so that 0 is none. */
		all = nu_if_same(known, whole);
		found = nu_choose(all, at - known + 1, found);
		if (known > part_size)
			break;
		known = nu_choose(all, borders[known], known);
	}
	return last ? (__s32)found - 1 : -1;
}

/* str contains, in: whether part stands anywhere in text. */
static __always_inline bool nu_contains(const char *text, __u32 len, __u32 size,
					const char *part, __u32 part_len, __u32 part_size,
					const __u8 *borders)
{
	return nu_index_of(text, len, size, part, part_len, part_size, borders, false) >= 0;
}

/* a ++ b. to_size + 1 is returned where it does not fit: what fits is there. */
static __always_inline __s32 nu_concat(char *to, __u32 to_size,
				       const char *a, __u32 a_len, __u32 a_size,
				       const char *b, __u32 b_len, __u32 b_size)
{
	__u32 at = nu_blur(a_len, a_size), len = nu_blur(b_len, b_size), all = at + len;

	nu_opaque(to);
	nu_opaque(at);
	if (at > a_size)
		return 0;
	if (a_size + b_size <= to_size) {
		nu_copy(to, a, at, a_size);
		nu_copy(to + at, b, len, b_size);
		return (__s32)all;
	}
	nu_copy(to, a, a_size < to_size ? at : nu_choose(nu_if_less(to_size, at), to_size, at),
		a_size < to_size ? a_size : to_size);
	for (__u32 i = 0; i < b_size; i++) {
		__u32 place = at + i;

		nu_opaque(place);
		if (i >= len || place >= to_size)
			break;
		to[place] = b[i];
	}
	return (__s32)nu_choose(nu_if_less(to_size, all), to_size + 1, all);
}

/* How a range ends: 1.., 1..5, 1..<5. */
enum nu_end {
	NU_END_OPEN,
	NU_END_WITH,
	NU_END_BEFORE,
};

/* A part of a string: where it starts, and its length. */
struct nu_part {
	__u32 at;
	__u32 len;
};

/* The part that a range names. */
static __always_inline struct nu_part nu_range(__u32 length, __u32 size, __s64 first, __s64 last,
					       enum nu_end end)
{
	__s64 len = nu_blur(length, size), from = first, to = len;
	struct nu_part part = {};

	if (from < 0)
		from = from < -len ? 0 : from + len;
	else if (from > len)
		from = len;
	/* From its end, -1 is the last byte, so that ..-1 is all of them. */
	if (end == NU_END_WITH) {
		if (last < 0)
			to = last < -len ? 0 : len + last + 1;
		else
			to = last < len ? last + 1 : len;
	}
	if (end == NU_END_BEFORE) {
		if (last < 0)
			to = last < -len ? 0 : len + last;
		else
			to = last < len ? last : len;
	}
	part.at = nu_blur(from, size);
	if (part.at <= size)
		part.len = nu_blur(from < to ? to - from : 0, size);
	if (part.len > size)
		part.len = 0;
	return part;
}

/* bytes at. */
static __always_inline __s32 nu_bytes_at(char *to, __u32 to_size, const char *text, __u32 len,
					 __u32 size, __s64 first, __s64 last, enum nu_end end)
{
	struct nu_part part = nu_range(len, size, first, last, end);

	nu_copy(to, nu_place(text, part.at, size), part.len, size < to_size ? size : to_size);
	return (__s32)part.len;
}

/* Whether a byte of text continues a character of UTF-8; 0 or 1, no branch. */
static __always_inline __u32 nu_continues(const char *text, __u32 size, __u32 at)
{
	nu_opaque(text);
	nu_opaque(at);
	return at < size ? nu_if_same((__u8)text[at] & 0xc0, 0x80) & 1 : 0;
}

/* U+FFFD: what Nushell puts for bytes that are no character. */
static __always_inline void nu_replacement(char *to)
{
	to[0] = (char)0xef;
	to[1] = (char)0xbf;
	to[2] = (char)0xbd;
}

/*
 * str substring. Where the range cuts a character, Nushell puts U+FFFD for each
 * byte of its end and for what is there of its start: up to 8 bytes more than
 * there were. That is done where to_size is at least size + NU_CUT, and is
 * given up (true) where it is less. The text is taken to be UTF-8.
 */
#define NU_CUT 12

static __always_inline bool nu_substring(char *to, __u32 to_size, const char *text, __u32 len,
					 __u32 size, __s64 first, __s64 last, enum nu_end end,
					 __s32 *to_len)
{
	struct nu_part part = nu_range(len, size, first, last, end);
	__u32 stop = part.at + part.len, head, tail, two, at;

	nu_opaque(to);
	head = nu_continues(text, size, part.at) & -nu_if_less(0, part.len);
	two = head & nu_continues(text, size, part.at + 1) & -nu_if_less(1, part.len);
	head += two + (two & nu_continues(text, size, part.at + 2) & -nu_if_less(2, part.len));
	/* A character goes on beyond the end, and did not begin before the start. */
	tail = nu_continues(text, size, stop) & -nu_if_less(stop, nu_blur(len, size)) &
	       -nu_if_less(head, part.len);
	two = tail & nu_continues(text, size, stop - 1);
	tail += two + (two & nu_continues(text, size, stop - 2));
	head = nu_blur(head, 3);
	tail = nu_blur(tail, 3);
	if (to_size < size + NU_CUT) {
		nu_copy(to, nu_place(text, part.at, size), part.len, size < to_size ? size : to_size);
		*to_len = (__s32)part.len;
		return head || tail || part.len > to_size;
	}
	if (head > 0)
		nu_replacement(to);
	if (head > 1)
		nu_replacement(to + 3);
	if (head > 2)
		nu_replacement(to + 6);
	head = nu_blur(head, 3);
	two = part.len - head - tail;
	nu_opaque(two);
	if (two > size)
		two = 0;
	nu_copy(to + 3 * head, nu_place(text, part.at + head, size), two, size);
	at = 3 * head + two;
	nu_opaque(at);
	if (at > size + 9)
		return true;
	if (tail)
		nu_replacement(to + at);
	*to_len = (__s32)(at + (3 & -(tail != 0)));
	return false;
}

/* Which side str trim takes from; both: 3. */
enum nu_side {
	NU_LEFT = 1,
	NU_RIGHT = 2,
};

/* Nushell's white space is ASCII's alone: tab to carriage return, and space. */
static __always_inline __u32 nu_if_space(__u8 byte)
{
	return nu_if_same(byte, ' ') | nu_if_less((__u8)(byte - '\t'), 5);
}

/* Whether what stands at a place is to go: white space, or the one character. */
static __always_inline bool nu_trims(const char *text, __u32 size, __u32 at, const char *mark,
				     __u32 mark_len)
{
	nu_opaque(text);
	for (__u32 i = 0; i < 4; i++) {
		__u32 place = at + i;

		if (i >= mark_len)
			break;
		nu_opaque(place);
		if (place >= size || text[place] != mark[i])
			return false;
	}
	if (mark_len)
		return true;
	nu_opaque(at);
	return at < size && nu_if_space((__u8)text[at]);
}

/* The part that str trim leaves; mark as for nu_trim. */
static __always_inline struct nu_part nu_trimmed(const char *text, __u32 length, __u32 size,
						 const char *mark, __u32 mark_len, __u32 sides)
{
	__u32 wide = mark_len ? mark_len : 1, len = nu_blur(length, size), left = 0, right = 0;
	struct nu_part part = {};

	if (sides & NU_LEFT)
		for (left = 0; left < size; left += wide)
			if (left + wide > len || !nu_trims(text, size, left, mark, mark_len))
				break;
	left = nu_blur(left, size);
	len = nu_blur(length, size);
	if (sides & NU_RIGHT)
		for (right = 0; right < size; right += wide) {
			__u32 at = len - right - wide;

			if (right + wide > len || !nu_trims(text, size, at, mark, mark_len))
				break;
		}
	right = nu_blur(length, size) - nu_blur(right, size);
	nu_opaque(right);
	part.at = left;
	part.len = right - left;
	nu_opaque(part.len);
	/* All of it was to go, from both sides. */
	if (part.at > size || part.len > size)
		return (struct nu_part){};
	return part;
}

/*
 * str trim. mark is the one character to trim, a constant of mark_len bytes, or
 * null and 0 for white space.
 */
static __always_inline __s32 nu_trim(char *to, __u32 to_size, const char *text, __u32 len,
				     __u32 size, const char *mark, __u32 mark_len, __u32 sides)
{
	struct nu_part part = nu_trimmed(text, len, size, mark, mark_len, sides);

	nu_copy(to, nu_place(text, part.at, size), part.len, size < to_size ? size : to_size);
	return (__s32)part.len;
}

/* str length, in bytes. */
static __always_inline __s64 nu_str_length(const char *text, __u32 len, __u32 size)
{
	(void)text;
	(void)size;
	return len;
}

/* str index-of, of the first one. */
static __always_inline __s64 nu_find(const char *text, __u32 len, __u32 size,
				     const char *part, __u32 part_len, __u32 part_size)
{
	__u8 borders[NU_PART + 1] = {};

	if (part_size > NU_PART)
		return -1;
	nu_borders(part, part_len, part_size, borders);
	return nu_index_of(text, len, size, part, part_len, part_size, borders, false);
}

/* The same, of a part that is a constant. */
static __always_inline __s64 nu_find_known(const char *text, __u32 len, __u32 size,
					   const char *part, __u32 part_len, __u32 part_size)
{
	__s64 found = -1;

	(void)part_size;
	for (__u32 i = 0; i + part_len <= size; i++) {
		__u32 same = 0;

		if (i + part_len > len)
			break;
		while (same < part_len && text[i + same] == part[same])
			same++;
		if (same == part_len) {
			found = i;
			break;
		}
	}
	return nu_fresh(found);
}

/* str trim of white space. */
static __always_inline __s32 nu_trim_space(char *to, __u32 to_size, const char *text, __u32 len,
					   __u32 size, __s64 sides)
{
	return nu_trim(to, to_size, text, len, size, 0, 0, (__u32)sides);
}

#endif /* NU_TEXT_H */
