/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* A power of two's bucket for each number, as libbpf-tools keep them. */
#ifndef OWN_HISTOGRAM_H
#define OWN_HISTOGRAM_H

#include "../handwritten/own.h"

struct histogram {
	__u64 buckets[64];
};

static __always_inline __u32 log2_of(__u64 value)
{
	__u32 high = value >> 32, v = high ? high : value, r, shift;

	r = (v > 0xffff) << 4;
	v >>= r;
	shift = (v > 0xff) << 3;
	v >>= shift;
	r |= shift;
	shift = (v > 0xf) << 2;
	v >>= shift;
	r |= shift;
	shift = (v > 0x3) << 1;
	v >>= shift;
	r |= shift;
	r |= v >> 1;
	return high ? r + 32 : r;
}

#endif /* OWN_HISTOGRAM_H */
