/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Aggregations: a slot for each key in a per-CPU hash, or one in a per-CPU
 * array. A hit is a lookup and an update in place: it takes no lock and loses
 * nothing; only a key's first hit inserts. A slot of zeros is an empty one.
 */
#ifndef NU_AGGREGATE_H
#define NU_AGGREGATE_H

#include <nu/stats.h>

/* What sum and avg keep. */
struct nu_sum {
	__u64 count;
	__s64 sum;	/* the lower 64 bits */
	__s64 wraps;	/* how often it went beyond them, less how often below */
};

/* What min and max keep: the greatest of words that grow as the values fall or grow. */
struct nu_extreme {
	__u64 count;
	__u64 word;
};

/* What stats keeps. */
struct nu_all {
	struct nu_sum sum;
	__u64 least;
	__u64 most;
};

/* The slot of a key, made of zeros where there is none; NULL where the map is full. */
static __always_inline __unused void *nu_slot(void *map, const void *key, const void *zeros)
{
	void *slot = bpf_map_lookup_elem(map, key);

	if (!slot) {
		/* Another CPU may have been first: then its entry is the one to add to. */
		bpf_map_update_elem(map, key, zeros, BPF_NOEXIST);
		slot = bpf_map_lookup_elem(map, key);
		if (!slot)
			nu_stat(NU_FULL);
	}
	return slot;
}

/* The slot of a map that has one. */
static __always_inline __unused void *nu_only_slot(void *map)
{
	__u32 slot = 0;

	return bpf_map_lookup_elem(map, &slot);
}

static __always_inline __unused void nu_add_one(__u64 *count)
{
	nu_add(count, 1);
}

/* Wraps are told by what the very add has found, so that they are exact under preemption. */
static __always_inline __unused void nu_add_sum(struct nu_sum *slot, __s64 value)
{
#ifdef NU_PREEMPTIBLE
	__s64 before = __sync_fetch_and_add(&slot->sum, value);
#else
	__s64 before = slot->sum;
#endif
	__s64 after;
	bool wrapped = __builtin_add_overflow(before, value, &after);

#ifndef NU_PREEMPTIBLE
	slot->sum = after;
#endif
	if (wrapped)
		nu_add(&slot->wraps, value < 0 ? -1 : 1);
	nu_add(&slot->count, 1);
}

/* How often a word is tried for: each time, another task must come in between two instructions. */
#define NU_TRIES 16

/* Raises a word to a value. */
static __always_inline __unused void nu_raise(__u64 *word, __u64 value)
{
#ifdef NU_PREEMPTIBLE
	for (int i = 0; i < NU_TRIES; i++) {
		__u64 before = *(volatile __u64 *)word;

		if (before >= value || __sync_val_compare_and_swap(word, before, value) == before)
			return;
	}
#else
	if (*word < value)
		*word = value;
#endif
}

/* Words that grow as the values fall: their order turned round, from 0 up. */
#define nu_lesser(value) ((__u64)(value) ^ 0x7fffffffffffffffULL)

/* Words that grow with the values. */
#define nu_greater(value) ((__u64)(value) ^ 0x8000000000000000ULL)

static __always_inline __unused void nu_add_least(struct nu_extreme *slot, __s64 value)
{
	nu_raise(&slot->word, nu_lesser(value));
	nu_add(&slot->count, 1);
}

static __always_inline __unused void nu_add_most(struct nu_extreme *slot, __s64 value)
{
	nu_raise(&slot->word, nu_greater(value));
	nu_add(&slot->count, 1);
}

static __always_inline __unused void nu_add_all(struct nu_all *slot, __s64 value)
{
	nu_raise(&slot->least, nu_lesser(value));
	nu_raise(&slot->most, nu_greater(value));
	nu_add_sum(&slot->sum, value);
}

#endif /* NU_AGGREGATE_H */
