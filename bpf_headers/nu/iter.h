/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Rows of an iterator. Who reads it gets them one after the other, as bytes. The
 * kernel runs one object's program at a time for one reader, so a row is made
 * in memory that all runs share.
 */
#ifndef NU_ITER_H
#define NU_ITER_H

#include <nu/context.h>
#include <nu/stats.h>

struct seq_file;

/* What the first argument of an iterator leads to, of which this is read. */
struct bpf_iter_meta___nu_seq {
	struct seq_file *seq;
} __attribute__((preserve_access_index));

/*
 * Hands a row over. The reader asks for so little at a time that there is room
 * for one more; else the kernel would show the same object again.
 */
static __always_inline void nu_give(const void *ctx, const void *row, __u32 size)
{
	const struct bpf_iter_meta___nu_seq *meta = (const void *)nu_argument(ctx, 0);

	nu_stat(bpf_seq_write(meta->seq, row, size) ? NU_DROPPED : NU_EVENTS);
}

#endif /* NU_ITER_H */
