/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The object's one ring buffer. Rows are reserved, filled in place and
 * submitted without a wake-up each (that costs some 30 times the row itself):
 * the reader looks on a timer and is woken once when a quarter is full.
 */
#ifndef NU_RING_H
#define NU_RING_H

#include <nu/stats.h>

/*
 * Room for a row, or 0. clang must not join two reservations into one that is
 * tested twice: before 6.3 the verifier then takes a row for lost.
 */
#define nu_reserve(ring, row) \
	__attribute__((nomerge)) row = bpf_ringbuf_reserve(ring, sizeof(*row), 0)

/* Bytes of header that the ring buffer puts before every row. */
#define NU_RING_HEADER 8

/*
 * Flags for bpf_ringbuf_submit: a wake-up for the one row that crosses the
 * watermark. Rows of two CPUs may step over it together; the timer covers that.
 */
static __always_inline __u64 nu_wakeup(void *ring, __u64 row_size, __u64 watermark)
{
	__u64 avail = bpf_ringbuf_query(ring, BPF_RB_AVAIL_DATA);
	__u64 before = avail - ((row_size + NU_RING_HEADER + 7) & ~7ULL);

	return avail >= watermark && before < watermark ? BPF_RB_FORCE_WAKEUP : BPF_RB_NO_WAKEUP;
}

#endif /* NU_RING_H */
