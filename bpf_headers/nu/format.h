/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Text put together in the kernel, where it is compared or counted by. What is
 * only sent is put together by the reader.
 */
#ifndef NU_FORMAT_H
#define NU_FORMAT_H

#include <nu/stats.h>

static const char nu_true[] SEC(".rodata") = "true";
static const char nu_false[] SEC(".rodata") = "false";

/* Whether it has failed; the length without the NUL goes to *len. */
static __always_inline bool nu_format(char *to, __u32 size, const char *format, __u64 *parts,
				      __u32 parts_size, __s32 *len)
{
	long written = bpf_snprintf(to, size, format, parts, parts_size);

	*len = (__s32)written - 1;
	return written <= 0 || written > (long)size;
}

#endif /* NU_FORMAT_H */
