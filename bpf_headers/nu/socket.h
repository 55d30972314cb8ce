/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Addresses of sockets: as many bytes as the family has, from the family on. One
 * that is shorter may lie at the end of what can be read.
 */
#ifndef NU_SOCKET_H
#define NU_SOCKET_H

#include <nu/stats.h>

/* include/linux/socket.h */
enum { NU_AF_UNIX = 1, NU_AF_INET = 2, NU_AF_INET6 = 10 };

/* The family, port and address of the two of the internet; the longest path, and a NUL. */
enum { NU_FAMILY = 2, NU_INET = 8, NU_INET6 = 24, NU_UNIX = 109 };

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

/* The bytes of an address of a socket; -1 where they cannot be read. The place is zeroed. */
static __always_inline __s32 nu_sockaddr(char *to, __u32 room __unused, __u64 from, bool user)
{
	bool failed = nu_socket_part(to, NU_FAMILY, from, user);
	__s32 len = NU_FAMILY, path = 0;
	__u16 family = 0;

	__builtin_memcpy(&family, to, sizeof(family));
	if (!failed && family == NU_AF_INET) {
		len = NU_INET;
		failed = nu_socket_part(to, NU_INET, from, user);
	} else if (!failed && family == NU_AF_INET6) {
		len = NU_INET6;
		failed = nu_socket_part(to, NU_INET6, from, user);
	} else if (!failed && family == NU_AF_UNIX) {
		path = nu_socket_path(to + NU_FAMILY, from + NU_FAMILY, user);
		failed = path < 0;
		if (!path)
			path = nu_socket_path(to + NU_FAMILY + 1, from + NU_FAMILY + 1, user) + 1;
		len = NU_FAMILY + path;
	}
	if (failed) {
		nu_stat(NU_FAULTS);
		return -1;
	}
	return len;
}

#endif /* NU_SOCKET_H */
