/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Values of threads in a hash, for kernels without task storage for tracing
 * programs (before Linux 5.13). The key is the thread's address with the time
 * that it was started at, since the kernel reuses addresses. A program of the
 * object deletes a thread's element when the kernel frees the thread: by then
 * the thread has run for the last time. Idle threads are never freed.
 */
#ifndef NU_THREAD_H
#define NU_THREAD_H

#include <nu/state.h>
#include <bpf/bpf_core_read.h>

struct task_struct___thread {
	__u64 start_time;
} __attribute__((preserve_access_index));

struct nu_thread_key {
	__u64 task;
	__u64 start;
};

static __always_inline struct nu_thread_key nu_thread_key(void *address)
{
	struct task_struct___thread *task = address;

	return (struct nu_thread_key){ (__u64)task, BPF_CORE_READ(task, start_time) };
}

/* The element of this thread; a new one is a copy of zero. NULL where the hash is full. */
static __always_inline __unused void *nu_hashed_put(void *map, const void *zero, __u32 count, __u32 size,
						    __u64 call)
{
	struct nu_thread_key key = nu_thread_key((void *)bpf_get_current_task());
	__u64 *calls = bpf_map_lookup_elem(map, &key);

	if (!calls) {
		bpf_map_update_elem(map, &key, zero, BPF_NOEXIST);
		calls = bpf_map_lookup_elem(map, &key);
	}
	return nu_call_put(calls, count, size, call);
}

static __always_inline __unused void *nu_hashed_take(void *map, __u32 count, __u32 size, __u64 call)
{
	struct nu_thread_key key = nu_thread_key((void *)bpf_get_current_task());

	return nu_call_take(bpf_map_lookup_elem(map, &key), count, size, call);
}

#endif /* NU_THREAD_H */
