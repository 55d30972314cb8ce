/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * State that outlives an event: values by key in a hash, and values of a thread
 * in its task storage, which the kernel frees with the thread. A thread's value
 * belongs to a call that it is inside, told by a number that is not 0: where
 * the stack of that call lies, or 1 where there is one value only.
 */
#ifndef NU_STATE_H
#define NU_STATE_H

#include <nu/stats.h>

/* Nanoseconds since a reading of the clock. */
#define nu_since(start) ((__s64)(bpf_ktime_get_ns() - (__u64)(start)))

/* Keeps a value. */
static __always_inline __unused void nu_put(void *map, const void *key, const void *value)
{
	if (bpf_map_update_elem(map, key, value, BPF_ANY))
		nu_stat(NU_FULL);
}

/* Keeps a word: where there is one already, a store costs less than an update. */
static __always_inline __unused void nu_put_word(void *map, const void *key, const void *value)
{
	volatile __u64 *slot = bpf_map_lookup_elem(map, key);

	if (slot)
		*slot = *(const __u64 *)value;
	else
		nu_put(map, key, value);
}

/*
 * The place for a value of this thread: that of the call, else a free one, else
 * another call's, which will then be missing. The values lie behind the numbers
 * of their calls; count is a power of two.
 */
static __always_inline __unused void *nu_call_put(__u64 *calls, __u32 count, __u32 size, __u64 call)
{
	__u32 place = (call >> 4) & (count - 1);

	if (!calls) {
		nu_stat(NU_FULL);
		return (void *)0;
	}
	for (__u32 i = 0; i < count; i++)
		if (!calls[i])
			place = i;
	for (__u32 i = 0; i < count; i++)
		if (calls[i] == call)
			place = i;
	place &= count - 1;
	calls[place] = call;
	return (void *)(calls + count) + place * size;
}

/* The value of this thread for a call, which is there no longer; NULL where there was none. */
static __always_inline __unused void *nu_call_take(__u64 *calls, __u32 count, __u32 size, __u64 call)
{
	if (!calls)
		return (void *)0;
	for (__u32 i = 0; i < count; i++) {
		if (calls[i] == call) {
			calls[i] = 0;
			return (void *)(calls + count) + i * size;
		}
	}
	return (void *)0;
}

/* The same, with the values in the thread's task storage. */
static __always_inline __unused void *nu_thread_put(void *map, __u32 count, __u32 size, __u64 call)
{
	__u64 *calls = bpf_task_storage_get(map, bpf_get_current_task_btf(), (void *)0,
					    BPF_LOCAL_STORAGE_GET_F_CREATE);

	return nu_call_put(calls, count, size, call);
}

static __always_inline __unused void *nu_thread_take(void *map, __u32 count, __u32 size, __u64 call)
{
	__u64 *calls = bpf_task_storage_get(map, bpf_get_current_task_btf(), (void *)0, 0);

	return nu_call_take(calls, count, size, call);
}

#endif /* NU_STATE_H */
