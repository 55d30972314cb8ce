/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The time of day. Kernels before 6.1 have no helper for it: it is the clock
 * since boot, with sleep, and what the loader adds to that. A clock that is set
 * after loading is not seen.
 */
#ifndef NU_TIME_H
#define NU_TIME_H

#include <nu/types.h>
#include <bpf/bpf_helpers.h>

/* Nanoseconds from 1970 to the start of the clock, written before loading. */
const volatile __s64 nu_epoch SEC(".rodata.nu_epoch") = 0;

/* Nanoseconds since 1970. */
static __always_inline __s64 nu_time(void)
{
	return (__s64)bpf_ktime_get_boot_ns() + nu_epoch;
}

#endif /* NU_TIME_H */
