/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Addresses of sockets: as many bytes as the family has, from the family on. One
 * that is shorter may lie at the end of what can be read.
 */
#ifndef NU_SOCKET_H
#define NU_SOCKET_H

#include <nu/stats.h>
#include <nu/strings.h>

/* include/linux/socket.h */
enum { NU_AF_UNIX = 1, NU_AF_INET = 2, NU_AF_INET6 = 10 };

/* The family, port and address of the two of the internet; the longest path, and a NUL. */
enum { NU_FAMILY = 2, NU_INET = 8, NU_INET6 = 24, NU_UNIX = 109 };

/* Noted in the family: the length of an abstract name is not known. */
enum { NU_NO_LENGTH = 0x8000 };

static __always_inline bool nu_socket_part(char *to, __u32 size, __u64 from, bool user)
{
	const void *at = (const void *)from;

	return (user ? bpf_probe_read_user(to, size, at) : bpf_probe_read_kernel(to, size, at)) < 0;
}

/* A path, or the name behind a NUL: its bytes, or -1. */
static __always_inline __s32 nu_socket_path(char *to, __u64 from, bool user)
{
	const void *at = (const void *)from;
	long read = user ? bpf_probe_read_user_str(to, NU_UNIX, at) : bpf_probe_read_kernel_str(to, NU_UNIX, at);

	/* Older kernels say 0 of an empty one. */
	if (!read)
		return 0;
	return read < 0 ? -1 : read - 1;
}

/* The same of so many bytes: a path ends at its NUL, an abstract name with the last of them. */
static __always_inline __s32 nu_socket_name(char *to, __u64 from, __u64 length, bool user)
{
	__u32 size = nu_at_most(length, NU_UNIX - 1);
	const void *at = (const void *)from;
	long read;

	if (!size)
		return 0;
	read = user ? bpf_probe_read_user_str(to, size + 1, at) : bpf_probe_read_kernel_str(to, size + 1, at);
	if (read < 0)
		return -1;
	if (read > 1)
		return read - 1;
	return nu_socket_part(to, size, from, user) ? -1 : (__s32)size;
}

/*
 * The bytes of an address of a socket, of that length where it is known; -1 where
 * they cannot be read. The place is zeroed.
 */
static __always_inline __s32 nu_sockaddr(char *to, __u32 room __unused, __u64 from, bool user, __u64 length, bool known)
{
	__s32 len = NU_FAMILY, path = 0;
	__u16 family = 0;
	bool failed;

	if (known && length < NU_FAMILY)
		return 0;
	failed = nu_socket_part(to, NU_FAMILY, from, user);
	__builtin_memcpy(&family, to, sizeof(family));
	if (!failed && family == NU_AF_INET && (!known || length >= NU_INET)) {
		len = NU_INET;
		failed = nu_socket_part(to, NU_INET, from, user);
	} else if (!failed && family == NU_AF_INET6 && (!known || length >= NU_INET6)) {
		len = NU_INET6;
		failed = nu_socket_part(to, NU_INET6, from, user);
	} else if (!failed && family == NU_AF_UNIX && known) {
		path = nu_socket_name(to + NU_FAMILY, from + NU_FAMILY, length - NU_FAMILY, user);
		failed = path < 0;
		len = NU_FAMILY + path;
	} else if (!failed && family == NU_AF_UNIX) {
		path = nu_socket_path(to + NU_FAMILY, from + NU_FAMILY, user);
		failed = path < 0;
		if (!path) {
			path = nu_socket_path(to + NU_FAMILY + 1, from + NU_FAMILY + 1, user) + 1;
			family |= NU_NO_LENGTH;
			__builtin_memcpy(to, &family, sizeof(family));
		}
		len = NU_FAMILY + path;
	}
	if (failed) {
		nu_stat(NU_FAULTS);
		return -1;
	}
	return len;
}

#endif /* NU_SOCKET_H */
