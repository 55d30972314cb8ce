/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Strings. A buffer for at most N bytes has N + 2: the NUL, and one byte more,
 * which tells a string that was cut from one that just fits.
 */
#ifndef NU_STRINGS_H
#define NU_STRINGS_H

#include <nu/stats.h>

/* A length: null in Nushell, and that of memory which may be readable later. */
#define NU_NULL (-1)
#define NU_ABSENT (-2)

/* What a read from an address comes to that has failed. There is nothing at NULL, which is no fault. */
static __always_inline __s32 nu_unread(const void *from)
{
	if (from)
		nu_stat(NU_FAULTS);
	return NU_NULL;
}

/*
 * The length that goes with a string as read: bytes without the NUL, N + 1 for
 * one that was cut, NU_ABSENT where the memory could not be read.
 */
static __always_inline __s32 nu_str_len(long read, char *text, __u32 size)
{
	if (read < 0)
		return NU_ABSENT;
	if (read == size) {
		nu_stat(NU_TRUNCATED);
		/* What tells that it was cut is no part of it, nor of a key. */
		text[size - 2] = 0;
	}
	/* Of an empty string in a process, kernels before 6.13 say 0: they forget the NUL. */
	return read ? read - 1 : 0;
}

/* The length where a read that has failed is not tried again. */
static __always_inline __s32 nu_len(__s32 len, const void *from)
{
	return len == NU_ABSENT ? nu_unread(from) : len;
}

/* The length where it is; nothing at NULL is null at once. */
static __always_inline __s32 nu_try_len(__s32 len, const void *from)
{
	return len == NU_ABSENT && !from ? NU_NULL : len;
}

/* read-str: a string in the memory of the process that was interrupted. */
static __always_inline __s32 nu_try_user_str(char *text, __u32 size, const void *from)
{
	return nu_try_len(nu_str_len(bpf_probe_read_user_str(text, size, from), text, size), from);
}

static __always_inline __s32 nu_read_user_str(char *text, __u32 size, const void *from)
{
	return nu_len(nu_str_len(bpf_probe_read_user_str(text, size, from), text, size), from);
}

/* read-kernel-str: a string in the kernel's memory. */
static __always_inline __s32 nu_read_kernel_str(char *text, __u32 size, const void *from)
{
	return nu_len(nu_str_len(bpf_probe_read_kernel_str(text, size, from), text, size), from);
}

/*
 * A char [size], ended by a NUL or by its size: over the last byte the helper puts a NUL, whatever is there. Returns the
 * bytes and a NUL, as the helper does, so that one that is full has one more.
 */
static __always_inline long nu_array(char *to, __u32 size, const void *from, bool user)
{
	long read = user ? bpf_probe_read_user_str(to, size, from) : bpf_probe_read_kernel_str(to, size, from);
	const void *at = (const char *)from + size - 1;
	char *last = to + size - 1;

	if (read != size)
		return read;
	if ((user ? bpf_probe_read_user(last, 1, at) : bpf_probe_read_kernel(last, 1, at)) < 0)
		return -1;
	return *last ? read + 1 : read;
}

/* Such an array in the memory of the process that was interrupted, into a buffer for as many bytes. */
static __always_inline __s32 nu_try_user_array(char *text, __u32 size, const void *from)
{
	return nu_try_len(nu_str_len(nu_array(text, size - 2, from, true), text, size), from);
}

static __always_inline __s32 nu_read_user_array(char *text, __u32 size, const void *from)
{
	return nu_len(nu_str_len(nu_array(text, size - 2, from, true), text, size), from);
}

/* The same in the kernel's memory. */
static __always_inline __s32 nu_read_kernel_array(char *text, __u32 size, const void *from)
{
	return nu_len(nu_str_len(nu_array(text, size - 2, from, false), text, size), from);
}

/* The length that goes with bytes as read; NU_ABSENT where the memory could not be read. */
static __always_inline __s32 nu_bytes_len(bool failed, __u64 length, __u32 size)
{
	if (failed)
		return NU_ABSENT;
	if (length > size)
		nu_stat(NU_TRUNCATED);
	return size;
}

/* How many bytes are read: the verifier is to see the bound. */
static __always_inline __u32 nu_at_most(__u64 length, __u32 max)
{
	if (length > max)
		length = max;
	asm volatile("" : "+r"(length));
	return length > max ? max : length;
}

/* read-bytes: so many bytes in the memory of the process that was interrupted. */
static __always_inline __s32 nu_try_user_bytes(char *to, __u32 max, const void *from, __u64 length)
{
	__u32 size = nu_at_most(length, max);

	return nu_try_len(nu_bytes_len(size && bpf_probe_read_user(to, size, from), length, size), from);
}

static __always_inline __s32 nu_read_user_bytes(char *to, __u32 max, const void *from, __u64 length)
{
	__u32 size = nu_at_most(length, max);

	return nu_len(nu_bytes_len(size && bpf_probe_read_user(to, size, from), length, size), from);
}

/* read-kernel-bytes: the same in the kernel's memory. */
static __always_inline __s32 nu_read_kernel_bytes(char *to, __u32 max, const void *from, __u64 length)
{
	__u32 size = nu_at_most(length, max);

	return nu_len(nu_bytes_len(size && bpf_probe_read_kernel(to, size, from), length, size), from);
}

/* A string whose address tells where it is: the kernel has the upper half of all (x86, arm64). */
static __always_inline __s32 nu_read_str(char *text, __u32 size, const void *from)
{
	return (__s64)from < 0 ? nu_read_kernel_str(text, size, from) : nu_read_user_str(text, size, from);
}

static __always_inline __s32 nu_try_str(char *text, __u32 size, const void *from)
{
	return (__s64)from < 0 ? nu_read_kernel_str(text, size, from) : nu_try_user_str(text, size, from);
}

/* Whether the first size bytes are the same; size is a constant. */
static __always_inline bool nu_same(const char *a, const char *b, __u32 size)
{
	for (__u32 i = 0; i < size; i++)
		if (a[i] != b[i])
			return false;
	return true;
}

/* A string that ends at its NUL or its size, as one with its length. The place is zeroed. */
static __always_inline __s32 nu_chars(char *to, __u32 room, const char *from, __u32 size)
{
	__s32 len = 0;

	for (__u32 i = 0; i < size && i < room; i++) {
		if (!from[i])
			break;
		to[i] = from[i];
		len++;
	}
	return len;
}

/* A string into a place with more room; one that was cut stays so. The place is zeroed. */
static __always_inline __s32 nu_widen(char *to, __u32 room, const char *from, __s32 len, __u32 size)
{
	bpf_probe_read_kernel(to, size < room ? size : room, from);
	return len > (__s32)size ? (__s32)room + 1 : len;
}

#endif /* NU_STRINGS_H */
