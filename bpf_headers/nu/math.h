/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Nushell's integer arithmetic: 64 bits, signed, checked. Every function puts
 * the result into *to and returns whether Nushell would have raised an error,
 * as clang's __builtin_add_overflow does. Division is of magnitudes, because
 * the kernels before 6.6 have no signed one.
 */
#ifndef NU_MATH_H
#define NU_MATH_H

#include <nu/stats.h>

#define NU_I64_MIN (-9223372036854775807LL - 1)

/* The absolute value; that of the least number needs all 64 bits. */
static __always_inline __u64 nu_magnitude(__s64 value)
{
	return value < 0 ? 0 - (__u64)value : (__u64)value;
}

static __always_inline bool nu_mul(__s64 a, __s64 b, __s64 *to)
{
	__u64 most = 0x7fffffffffffffffULL + ((a < 0) != (b < 0));
	__u64 y = nu_magnitude(b);

	*to = (__s64)((__u64)a * (__u64)b);
	/* By a constant, one comparison: from the least factor that fits on, as far as the largest. */
	if (__builtin_constant_p(b) && b > 1)
		return (__u64)a + 0x8000000000000000ULL / y >
		       0x8000000000000000ULL / y + 0x7fffffffffffffffULL / y;
	return y && nu_magnitude(a) > most / y;
}

/* a // b, rounded down: -1 // 7 is -1. */
static __always_inline bool nu_floor_div(__s64 a, __s64 b, __s64 *to)
{
	__u64 x = nu_magnitude(a), y = nu_magnitude(b);

	/* By a positive constant it cannot fail, and has one sign to look at; a power of two none. */
	if (__builtin_constant_p(b) && b > 0 && !(b & (b - 1))) {
		*to = a >> __builtin_ctzll((__u64)b);
		return false;
	}
	if (__builtin_constant_p(b) && b > 0) {
		*to = a < 0 ? (__s64)(0 - (x + y - 1) / y) : (__s64)(x / y);
		return false;
	}
	if (!b || (b == -1 && a == NU_I64_MIN))
		return true;
	if ((a < 0) == (b < 0))
		*to = (__s64)(x / y);
	else
		*to = (__s64)(0 - (x / y + (x % y != 0)));
	return false;
}

/* a mod b, of the sign of b: -1 mod 7 is 6. */
static __always_inline bool nu_floor_mod(__s64 a, __s64 b, __s64 *to)
{
	__s64 rest;

	if (__builtin_constant_p(b) && b > 0 && !(b & (b - 1))) {
		*to = a & (b - 1);
		return false;
	}
	if (__builtin_constant_p(b) && b > 0) {
		rest = (__s64)(nu_magnitude(a) % (__u64)b);
		*to = a < 0 && rest ? b - rest : rest;
		return false;
	}
	if (!b || (b == -1 && a == NU_I64_MIN))
		return true;
	rest = (__s64)(nu_magnitude(a) % nu_magnitude(b));
	if (a < 0)
		rest = -rest;
	if (rest && (rest < 0) != (b < 0))
		rest += b;
	*to = rest;
	return false;
}

static __always_inline bool nu_shl(__s64 a, __s64 b, __s64 *to)
{
	*to = (__s64)((__u64)a << (b & 63));
	return b < 0 || b > 63;
}

static __always_inline bool nu_shr(__s64 a, __s64 b, __s64 *to)
{
	*to = a >> (b & 63);
	return b < 0 || b > 63;
}

static __always_inline bool nu_abs(__s64 a, __s64 *to)
{
	*to = a < 0 ? (__s64)(0 - (__u64)a) : a;
	return a == NU_I64_MIN;
}

static __always_inline __s64 nu_max(__s64 a, __s64 b)
{
	return a > b ? a : b;
}

static __always_inline __s64 nu_min(__s64 a, __s64 b)
{
	return a < b ? a : b;
}

/* How many steps of one lead from start to end, at most 2^63 - 1. */
static __always_inline __s64 nu_distance(__s64 start, __s64 end)
{
	__u64 distance = start <= end ? (__u64)end - (__u64)start : (__u64)start - (__u64)end;

	return distance >> 63 ? 0x7fffffffffffffffLL : (__s64)distance;
}

/* Where so many steps lead; there is no overflow on the way to end. */
static __always_inline __s64 nu_after(__s64 start, __s64 end, __s64 steps)
{
	return (__s64)(start <= end ? (__u64)start + (__u64)steps : (__u64)start - (__u64)steps);
}

/* One of so many ints from start on, by the kernel's generator of 32 bits. */
static __always_inline __s64 nu_random(__s64 start, __s64 count)
{
	return start + (__s64)(((__u64)bpf_get_prandom_u32() * (__u64)count) >> 32);
}

#endif /* NU_MATH_H */
