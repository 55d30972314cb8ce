/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The numbers of errors that libbpf's usdt.bpf.h names, as programs see no
 * headers of the system. Values: include/uapi/asm-generic/errno-base.h.
 */
#ifndef NU_ERRNO_H
#define NU_ERRNO_H

#define ENOENT 2
#define ESRCH 3
#define EINVAL 22

#endif /* NU_ERRNO_H */
