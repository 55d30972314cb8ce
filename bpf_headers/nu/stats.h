/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What a probe counts about itself, so that nothing is lost silently: one
 * per-CPU array, a slot a cause. The reader sums the CPUs.
 */
#ifndef NU_STATS_H
#define NU_STATS_H

#include <nu/types.h>
#include <bpf/bpf_helpers.h>

enum nu_stat {
	NU_EVENTS,	/* rows handed to the ring buffer */
	NU_DROPPED,	/* rows lost: the ring buffer was full */
	NU_TRUNCATED,	/* strings cut at their length limit */
	NU_FAULTS,	/* what could not be read: strings, arguments of USDT probes */
	NU_FULL,	/* keys not counted or kept: the map was full */
	NU_ERRORS,	/* events given up: Nushell would have raised an error */
	NU_UNMATCHED,	/* returns skipped: their entry was not seen */
	NU_COLLISIONS,	/* stacks not kept: another one had their place */
	NU_STATS,
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, NU_STATS);
	__type(key, __u32);
	__type(value, __u64);
} nu_stats SEC(".maps");

/*
 * Adds to a value of this CPU. Most probes run with preemption off, where a
 * plain add is exact; a uprobe can be preempted by another task that runs the
 * same program, so its object defines NU_PREEMPTIBLE.
 */
#ifdef NU_PREEMPTIBLE
#define nu_add(value, n) ((void)__sync_fetch_and_add((value), (n)))
#else
#define nu_add(value, n) ((void)(*(value) += (n)))
#endif

/*
 * Atomic instructions that return the old value are of Linux 5.12. Kernels
 * before that (NU_NO_FETCH) run all programs with preemption off.
 */
#if defined(NU_PREEMPTIBLE) && !defined(NU_NO_FETCH)
#define NU_FETCHES
#endif

static __always_inline void nu_stat(enum nu_stat stat)
{
	__u32 slot = stat;
	__u64 *value = bpf_map_lookup_elem(&nu_stats, &slot);

	if (value)
		nu_add(value, 1);
}

#endif /* NU_STATS_H */
