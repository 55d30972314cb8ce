/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * USDT probes: libbpf knows from the binary where the arguments are at each place
 * of a probe, and keeps it in maps of its own for bpf_usdt_arg().
 */
#ifndef NU_USDT_H
#define NU_USDT_H

#include <nu/regs.h>
#include <nu/stats.h>

/* It compares a number of 64 bits with one of 16. */
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wsign-compare"
#include <bpf/usdt.bpf.h>
#pragma clang diagnostic pop

/* The argument N, counted from 0; 0, and counted, where its memory cannot be read. */
static __always_inline __unused __s64 nu_usdt_arg(struct pt_regs *ctx, __u64 n)
{
	long value;

	if (bpf_usdt_arg(ctx, n, &value))
		nu_stat(NU_FAULTS);
	return value;
}

#endif /* NU_USDT_H */
