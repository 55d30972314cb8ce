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

/*
 * What cannot be taken off again when a table is cleared is kept by periods: a
 * half for the one that runs, the other for the one before, each with its number.
 */
struct nu_extremes {
	__u64 periods[2];
	struct nu_extreme halves[2];
};

struct nu_alls {
	__u64 periods[2];
	struct nu_all halves[2];
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
#ifdef NU_FETCHES
	__s64 before = __sync_fetch_and_add(&slot->sum, value);
#else
	__s64 before = slot->sum;
#endif
	__s64 after;
	bool wrapped = __builtin_add_overflow(before, value, &after);

#ifndef NU_FETCHES
	slot->sum = after;
#endif
	if (wrapped)
		nu_add(&slot->wraps, value < 0 ? -1 : 1);
	nu_add(&slot->count, 1);
}

/* A half that somebody empties. */
#define NU_EMPTIED (~0ULL)

/*
 * The half of a slot for the period that runs; emptied where it has an older
 * one. NULL where another task was interrupted at that: its hit is counted.
 */
static __always_inline __unused void *nu_half(void *slot, __u32 size, void *map)
{
	__u64 *periods = slot, *running = nu_only_slot(map), number, before;
	void *half;

	if (!running)
		return (void *)0;
	number = *(volatile __u64 *)running;
	periods += number & 1;
	half = slot + 2 * sizeof(*periods) + (number & 1) * size;
	before = *(volatile __u64 *)periods;
	/* Number 0 needs no care: every slot begins with zeros. */
	if (before == number)
		return half;
#ifdef NU_FETCHES
	if (before == NU_EMPTIED || __sync_val_compare_and_swap(periods, before, NU_EMPTIED) != before) {
		nu_stat(NU_FULL);
		return (void *)0;
	}
#endif
	__builtin_memset(half, 0, size);
	*(volatile __u64 *)periods = number;
	return half;
}

/* How often a word is tried for: each time, another task must come in between two instructions. */
#define NU_TRIES 16

/* Raises a word to a value. */
static __always_inline __unused void nu_raise(__u64 *word, __u64 value)
{
#ifdef NU_FETCHES
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

static __always_inline __unused void nu_add_least(struct nu_extreme *half, __s64 value)
{
	if (!half)
		return;
	nu_raise(&half->word, nu_lesser(value));
	nu_add(&half->count, 1);
}

static __always_inline __unused void nu_add_most(struct nu_extreme *half, __s64 value)
{
	if (!half)
		return;
	nu_raise(&half->word, nu_greater(value));
	nu_add(&half->count, 1);
}

static __always_inline __unused void nu_add_all(struct nu_all *half, __s64 value)
{
	if (!half)
		return;
	nu_raise(&half->least, nu_lesser(value));
	nu_raise(&half->most, nu_greater(value));
	nu_add_sum(&half->sum, value);
}

#endif /* NU_AGGREGATE_H */
