/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Histograms: which bucket of a slot a value counts in.
 */
#ifndef NU_HISTOGRAM_H
#define NU_HISTOGRAM_H

#include <nu/aggregate.h>

/*
 * The logarithm of a number above 0, rounded down: every bit below the highest
 * is set, then they are counted. There are no branches, so that the verifier
 * has one way to walk; and no __builtin_clzll, at which clang 14 breaks down.
 */
static __always_inline __unused __u32 nu_log2(__u64 number)
{
	number |= number >> 1;
	number |= number >> 2;
	number |= number >> 4;
	number |= number >> 8;
	number |= number >> 16;
	number |= number >> 32;
	number >>= 1;
	number -= (number >> 1) & 0x5555555555555555ULL;
	number = (number & 0x3333333333333333ULL) + ((number >> 2) & 0x3333333333333333ULL);
	number = (number + (number >> 4)) & 0x0f0f0f0f0f0f0f0fULL;
	return (__u32)((number * 0x0101010101010101ULL) >> 56);
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
	__u32 shift = nu_log2(size | (1ULL << steps)) - steps;
	__s64 bucket = ((__s64)shift << steps) + (__s64)(size >> shift);

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
