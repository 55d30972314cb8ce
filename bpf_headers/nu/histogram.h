/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Histograms: which bucket of a slot a value counts in.
 */
#ifndef NU_HISTOGRAM_H
#define NU_HISTOGRAM_H

#include <nu/aggregate.h>
#include <nu/forget.h>

/*
 * The bits that a number takes, by halves: branches that follow what values have
 * in common cost less than arithmetic. The verifier is to forget which way it
 * came, else it walks what follows once for each; and clang 14 breaks down at
 * __builtin_clzll.
 */
static __always_inline __unused __u32 nu_bits(__u64 number)
{
	__u64 nu_unknown = nu_nothing, bits = 0;

#define NU_HALF(half)			\
	if (number >> (half)) {		\
		number >>= (half);	\
		bits += (half);		\
	}
	NU_HALF(32)
	NU_HALF(16)
	NU_HALF(8)
	NU_HALF(4)
	NU_HALF(2)
	NU_HALF(1)
#undef NU_HALF
	bits += number;
	nu_forget(bits);
	return (__u32)bits;
}

/* Adds one to a bucket. clang must not leave the test out: the verifier needs it. */
static __always_inline __unused void nu_add_bucket(__u64 *buckets, __u32 count, __u32 bucket)
{
	barrier_var(bucket);
	if (bucket < count)
		nu_add(&buckets[bucket], 1);
}

/*
 * 2^steps buckets for each octave from 0 up, and the same below 0: there -1 is
 * in the place of 0, -2 in that of 1, as every bucket's low end is in it.
 */
static __always_inline __unused void nu_add_log(__u64 *buckets, __u32 count, __u32 steps, __s64 value)
{
	__s64 sign = value >> 63;
	__u64 size = (__u64)(value ^ sign);
	__s64 bucket;

	if (steps) {
		__u32 shift = nu_bits(size | (1ULL << steps)) - 1 - steps;

		bucket = ((__s64)shift << steps) + (__s64)(size >> shift);
	} else {
		bucket = nu_bits(size);
	}
	nu_add_bucket(buckets, count, (__u32)(count / 2 + (bucket ^ sign)));
}

/* Buckets of one width, between one for what is less and one for the rest. */
static __always_inline __unused void nu_add_linear(__u64 *buckets, __u32 count, __s64 start, __u64 step, __s64 value)
{
	__u64 bucket = ((__u64)value - (__u64)start) / step + 1;

	if (bucket > count - 1)
		bucket = count - 1;
	if (value < start)
		bucket = 0;
	nu_add_bucket(buckets, count, (__u32)bucket);
}

#endif /* NU_HISTOGRAM_H */
