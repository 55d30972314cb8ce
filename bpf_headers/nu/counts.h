/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Counting by key in a per-CPU hash: the hit is a lookup and an add in place,
 * takes no lock and loses no update; only a key's first hit inserts.
 */
#ifndef NU_COUNTS_H
#define NU_COUNTS_H

#include <nu/stats.h>

/* Counts one hit of a key. */
static __always_inline void nu_count_key(void *map, const void *key)
{
	__u64 *count = bpf_map_lookup_elem(map, key);
	__u64 zero = 0;

	if (!count) {
		/* Another CPU may have been first: then its entry is the one to add to. */
		bpf_map_update_elem(map, key, &zero, BPF_NOEXIST);
		count = bpf_map_lookup_elem(map, key);
	}
	if (count)
		nu_add(count, 1);
	else
		nu_stat(NU_FULL);
}

/* Counts one hit in a map of a single entry. */
static __always_inline void nu_count_hit(void *map)
{
	__u32 slot = 0;
	__u64 *count = bpf_map_lookup_elem(map, &slot);

	if (count)
		nu_add(count, 1);
}

#endif /* NU_COUNTS_H */
