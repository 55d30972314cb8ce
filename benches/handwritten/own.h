/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What the hand-written programs share, as somebody would write it who also
 * wants to know what was lost: counters of rows, drops, cut and unreadable
 * strings, full tables and errors; the last errors with their line; and rows
 * that wake the reader only when a quarter of the ring is full.
 */
#ifndef OWN_H
#define OWN_H

#include <linux/types.h>
#include <linux/bpf.h>
#include <stdbool.h>
#include <bpf/bpf_helpers.h>

#define RING_SIZE (256 * 1024)
#define QUARTER (RING_SIZE / 4)
#define REMEMBERED 16

enum stat { EVENTS, DROPPED, TRUNCATED, FAULTS, FULL, ERRORS, STATS };

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, STATS);
	__type(key, __u32);
	__type(value, __u64);
} stats SEC(".maps");

static __always_inline void add_stat(enum stat stat)
{
	__u32 slot = stat;
	__u64 *value = bpf_map_lookup_elem(&stats, &slot);

	if (value)
		(*value)++;
}

#define RING                                                 \
	struct {                                             \
		__uint(type, BPF_MAP_TYPE_RINGBUF);          \
		__uint(max_entries, RING_SIZE);              \
	} ring SEC(".maps");                                 \
                                                             \
	static __always_inline void submit(void *row, __u64 size) \
	{                                                    \
		__u64 full = bpf_ringbuf_query(&ring, BPF_RB_AVAIL_DATA); \
		__u64 step = (size + 8 + 7) & ~7ULL;         \
                                                             \
		/* One row crosses the line. */              \
		bpf_ringbuf_submit(row, full - QUARTER < step ? BPF_RB_FORCE_WAKEUP : \
								BPF_RB_NO_WAKEUP); \
		add_stat(EVENTS);                            \
	}

/* As lookup_or_try_init of libbpf-tools: another CPU may insert the key first. */
#define COUNTS(key_type)                                     \
	struct {                                             \
		__uint(type, BPF_MAP_TYPE_PERCPU_HASH);      \
		__uint(max_entries, 10240);                  \
		__type(key, key_type);                       \
		__type(value, __u64);                        \
	} counts SEC(".maps");                               \
                                                             \
	static __always_inline void count(const key_type *key) \
	{                                                    \
		__u64 *value = bpf_map_lookup_elem(&counts, key), zero = 0; \
                                                             \
		if (!value) {                                \
			bpf_map_update_elem(&counts, key, &zero, BPF_NOEXIST); \
			value = bpf_map_lookup_elem(&counts, key); \
		}                                            \
		if (value)                                   \
			(*value)++;                          \
		else                                         \
			add_stat(FULL);                      \
	}

#define ERRORS_KEPT                                          \
	struct error {                                       \
		__u64 line, when;                            \
	};                                                   \
                                                             \
	struct {                                             \
		__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);     \
		__uint(max_entries, REMEMBERED);             \
		__type(key, __u32);                          \
		__type(value, struct error);                 \
	} errors SEC(".maps");                               \
                                                             \
	static __noinline int fail(__u32 line)               \
	{                                                    \
		__u32 slot = ERRORS;                         \
		__u64 *number = bpf_map_lookup_elem(&stats, &slot); \
		struct error *error;                         \
                                                             \
		if (!number)                                 \
			return 0;                            \
		slot = ++*number % REMEMBERED;               \
		error = bpf_map_lookup_elem(&errors, &slot); \
		if (error) {                                 \
			error->line = line;                  \
			error->when = bpf_ktime_get_ns();    \
		}                                            \
		return 0;                                    \
	}

/* A string of the process; its length, -1 where it cannot be read. */
static __always_inline __s32 read_text(char *text, __u32 size, __u64 from)
{
	long read = bpf_probe_read_user_str(text, size, (const void *)from);

	if (read < 0) {
		add_stat(FAULTS);
		return -1;
	}
	if (read == size)
		add_stat(TRUNCATED);
	return read - 1;
}

/* Tracepoints' records; see their format files. */
struct enter_read {
	__u64 common, nr, fd, buf, count;
};

struct enter_openat {
	__u64 common, nr, dfd, filename, flags, mode;
};

struct exit_openat {
	__u64 common, nr;
	__s64 ret;
};

#endif /* OWN_H */
