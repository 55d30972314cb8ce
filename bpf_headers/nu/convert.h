/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Nushell's conversions of strings: letter case, and to and from integers. The
 * conventions are those of nu/text.h.
 */
#ifndef NU_CONVERT_H
#define NU_CONVERT_H

#include <nu/text.h>

/* The bytes from first on, count of them, change case: A to Z, or a to z. */
static __always_inline bool nu_case(char *to, __u32 to_size, const char *text, __u32 length,
				    __u32 size, __u8 first, __s32 *to_len)
{
	__u32 len = nu_blur(length, size), most = size < to_size ? size : to_size, wide = 0;

	nu_copy(to, text, len, most);
	for (__u32 i = 0; i < most; i++) {
		/* Behind its end there are zeros, which have no case. */
		__u8 byte = (__u8)to[i];

		wide |= byte;
		to[i] = (char)(byte ^ (nu_if_less((__u8)(byte - first), 26) & 0x20));
	}
	*to_len = (__s32)nu_blur(length, size);
	/* Beyond ASCII there are rules that have no place here. */
	return wide & 0x80 || nu_blur(length, size) > most;
}

/* str lowercase, str downcase; given up where a byte is not ASCII. */
static __always_inline bool nu_lowercase(char *to, __u32 to_size, const char *text, __u32 len,
					 __u32 size, __s32 *to_len)
{
	return nu_case(to, to_size, text, len, size, 'A', to_len);
}

/* str uppercase, str upcase; given up where a byte is not ASCII. */
static __always_inline bool nu_uppercase(char *to, __u32 to_size, const char *text, __u32 len,
					 __u32 size, __s32 *to_len)
{
	return nu_case(to, to_size, text, len, size, 'a', to_len);
}

/* The value of a digit in base 16 or less; more than 35 for what is none. */
static __always_inline __u32 nu_digit(__u8 byte)
{
	__u32 low = byte | 0x20;
	__u32 digit = nu_choose(nu_if_less((__u8)(byte - '0'), 10), byte - '0', 255);

	return nu_choose(nu_if_less((__u8)(low - 'a'), 26), low - 'a' + 10, digit);
}

/* The base that the letter behind a 0 names; 0 for another letter. */
static __always_inline __u32 nu_base(__u8 letter)
{
	return (nu_if_same(letter, 'x') & 16) | (nu_if_same(letter, 'o') & 8) |
	       (nu_if_same(letter, 'b') & 2);
}

/* A byte of text, 0 beyond the end. */
static __always_inline __u8 nu_byte(const char *text, __u32 size, __u32 at, __u32 end)
{
	nu_opaque(text);
	nu_opaque(at);
	return nu_blur(at < size ? (__u8)text[at] & nu_if_less(at, end) : 0, 0xff);
}

/*
 * into int: white space around, 0x 0o 0b, a sign behind those, digits. Without
 * such a prefix, what needs more than 64 bits is the greatest or least number,
 * as Nushell then reads a float; but floats with a point or an exponent are
 * given up, and so are separators of thousands, which depend on the locale.
 */
static __always_inline bool nu_into_int(const char *text, __u32 len, __u32 size, __s64 *to)
{
	struct nu_part part = nu_trimmed(text, len, size, 0, 0, NU_LEFT | NU_RIGHT);
	__u32 at = part.at, end = part.at + part.len, base, named, turn;
	__u32 wrong, over = 0, minus, exact;
	__u64 value = 0, most, whole;
	__u8 letter, sign;

	nu_opaque(text);
	if (!part.len)
		return true;
	letter = nu_byte(text, size, at + 1, end);
	base = nu_base(letter) & nu_if_same(nu_byte(text, size, at, end), '0');
	named = nu_if_less(0, base);
	base = nu_choose(named, base, 10);
	/*
	 * Nushell takes off the prefix as often as it stands there; what is left
	 * of more than two is no digit, and so given up.
	 */
	for (turn = 0; turn < 2; turn++) {
		nu_opaque(at);
		if (at + 1 >= end || at >= size - 1)
			break;
		if (!(named & nu_if_same((__u8)text[at], '0') &
		      nu_if_same((__u8)text[at + 1], letter)))
			break;
		at = nu_blur(at + 2, size);
	}
	at = nu_blur(at, size);
	end = nu_blur(end, size);
	sign = nu_byte(text, size, at, end);
	minus = nu_if_same(sign, '-');
	at += (minus | nu_if_same(sign, '+')) & 1;
	/* One digit at least. */
	wrong = ~nu_if_less(at, end);
	most = 0x7fffffffffffffffULL + (minus & 1);
	for (turn = 0; turn < size; turn++) {
		__u32 digit;
		__u64 more;

		nu_opaque(at);
		if (at >= end || at >= size)
			break;
		digit = nu_digit((__u8)text[at]);
		wrong |= ~nu_if_less(digit, base);
		/* Whether value * base + digit is more than there may be, without a branch. */
		more = (most - (digit & 63)) / base;
		nu_opaque(more);
		over |= (__u32)((more - value) >> 63);
		value = value * base + digit;
		at++;
	}
	/* What is a float to Nushell, if it is too big: no prefix, no space around. */
	exact = ~named & nu_if_same(part.len, len);
	whole = 0 - (__u64)(over & 1);
	value = (value & ~whole) | (most & whole);
	whole = 0 - (__u64)(minus & 1);
	*to = (__s64)((value ^ whole) - whole);
	return (wrong | (over & ~exact)) & 1;
}

/* The most bytes of an integer in decimal. */
#define NU_DECIMAL 20

/* into string of an integer: decimal. to_size is at least NU_DECIMAL. */
static __always_inline __s32 nu_decimal(char *to, __u32 to_size, __s64 value)
{
	__u64 rest = value < 0 ? 0 - (__u64)value : (__u64)value;
	__u32 minus = (__u32)((__u64)value >> 63), count = 0;
	char digits[NU_DECIMAL];

	for (__u32 i = 0; i < NU_DECIMAL; i++) {
		/* There is a digit while something is left; 0 has one. */
		__u32 there = (__u32)((rest | (0 - rest)) >> 63) | !i;
		__u32 sign = minus & (there ^ 1);

		nu_opaque(sign);
		digits[NU_DECIMAL - 1 - i] = (char)nu_choose(0 - sign, '-', '0' + rest % 10);
		minus ^= sign;
		count += there + sign;
		rest /= 10;
	}
	if (to_size < NU_DECIMAL)
		return 0;
	nu_copy(to, nu_place(digits, NU_DECIMAL - count, NU_DECIMAL), count, NU_DECIMAL);
	return (__s32)count;
}

#endif /* NU_CONVERT_H */
