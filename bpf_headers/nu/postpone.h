/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Postponed events. A string that is not in memory cannot be read at the entry
 * of a system call: the program saves what it needs, and another one runs for
 * the event at the end of the call. Where there are rows, one that waits keeps
 * the event's place among them: the reader puts in what comes for its call.
 */
#ifndef NU_POSTPONE_H
#define NU_POSTPONE_H

#include <nu/strings.h>

/* Bits of a row's number: it waits for others; it is the last one and no row. */
#define NU_WAITS 0x80000000u
#define NU_RESUMED 0x40000000u

/* The number of a row that only waits. */
#define NU_NO_ROW 0x3fffffffu

/* A thread is in one call at a time; its id has 22 bits (PID_MAX_LIMIT). */
#define nu_call_id(thread, program) ((__u32)(thread) | (__u32)(program) << 22)

/* A row without values. */
struct nu_mark {
	__u32 nu_event;
	__u32 nu_call;
};

/* Hands out a row that is filled but for strings that are absent. */
#define nu_wait_with(row, program) ({						\
	(row)->nu_event |= NU_WAITS;						\
	(row)->nu_call = nu_call_id(bpf_get_current_pid_tgid(), program);	\
	bpf_ringbuf_submit(row, BPF_RB_NO_WAKEUP);				\
})

static __always_inline __unused int nu_mark(void *ring, __u32 event, __u32 call)
{
	struct nu_mark *mark = bpf_ringbuf_reserve(ring, sizeof(*mark), 0);

	if (!mark)
		return 0;
	mark->nu_event = event;
	mark->nu_call = call;
	bpf_ringbuf_submit(mark, BPF_RB_NO_WAKEUP);
	return 0;
}

/* Keeps the place of the rows of an event. */
#define nu_wait(ring, program) \
	nu_mark(ring, NU_WAITS | NU_NO_ROW, nu_call_id(bpf_get_current_pid_tgid(), program))

/* Says that an event has no more rows. */
static __always_inline __unused int nu_resumed(void *ring, __u32 call)
{
	return nu_mark(ring, NU_RESUMED, call);
}

/* Events that wait to be resumed: usually none, which spares every other end of a call the search for one. */
static volatile __u64 nu_waiting;

#define nu_postponed() ((void)__sync_fetch_and_add(&nu_waiting, 1))
#define nu_resumes() ((void)__sync_fetch_and_add(&nu_waiting, -1))

/* Where strings are read whose bytes nobody wants. */
static char nu_nowhere[4096];

/* Whether a string, or so many bytes, cannot be read. */
static __always_inline __unused bool nu_is_absent_str(const void *from, __u32 max)
{
	return from && bpf_probe_read_user_str(nu_nowhere, max < 4096 ? max + 1 : 4096, from) < 0;
}

static __always_inline __unused bool nu_is_absent(const void *from, __u32 size)
{
	return from && size && bpf_probe_read_user(nu_nowhere, size < 4096 ? size : 4096, from);
}

#endif /* NU_POSTPONE_H */
