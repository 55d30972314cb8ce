/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Run-time errors: where Nushell would raise one, the program ends for this
 * event. It is counted, and the last ones are remembered with their places.
 */
#ifndef NU_ERRORS_H
#define NU_ERRORS_H

#include <nu/stats.h>

enum nu_failure {
	NU_OVERFLOW,
	NU_DIVISION_BY_ZERO,
	NU_SHIFT,
	NU_TYPE_MISMATCH,
	NU_CANT_CONVERT,
	NU_MISSING_COLUMN,
	NU_BEYOND_END,
	NU_LOOP_LIMIT,
	NU_NOT_ASCII,
	NU_BAD_ADDRESS,
	NU_RAISED,
	NU_FAILURES,
};

/* How many errors a CPU remembers; a power of two. */
#define NU_REMEMBERED 16

/* Bits of an offset in the closure's text. */
#define NU_OFFSET_BITS 28

struct nu_error {
	/* Kind, start and end in one word: one store, which no other can split. */
	__u64 what;
	/* When, with sleep; 0 in a slot that has not been used. */
	__u64 ktime;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, NU_REMEMBERED);
	__type(key, __u32);
	__type(value, struct nu_error);
} nu_errors SEC(".maps");

/*
 * Counts and remembers an error at start..end of the closure's text. The count
 * of this CPU's errors chooses the slot. Not inlined, so that the path
 * that does not fail pays one branch and nothing more. Returns what the program returns.
 */
static __noinline __unused int nu_fail(enum nu_failure kind, __u32 start, __u32 end)
{
	__u32 slot = NU_ERRORS;
	__u64 *count = bpf_map_lookup_elem(&nu_stats, &slot);
	struct nu_error *error;

	if (!count)
		return 0;
	nu_add(count, 1);
	slot = *count % NU_REMEMBERED;
	error = bpf_map_lookup_elem(&nu_errors, &slot);
	if (error) {
		*(volatile __u64 *)&error->what =
			((__u64)kind << (2 * NU_OFFSET_BITS)) | ((__u64)start << NU_OFFSET_BITS) | end;
		error->ktime = bpf_ktime_get_boot_ns();
	}
	return 0;
}

#endif /* NU_ERRORS_H */
