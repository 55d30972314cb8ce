/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The fixed-width types and the few kernel constants that generated programs
 * use, so that no whole vmlinux.h is parsed. Values: include/uapi/linux/bpf.h.
 */
#ifndef NU_TYPES_H
#define NU_TYPES_H

#if !defined(__clang_major__) || __clang_major__ < 14
#error "clang 14 or newer is needed"
#endif

/*
 * A closure may compare a thing with itself, set it to itself, or write
 * `2 bit-xor 7` and `not $a == $b`: that is no business of the C.
 */
#pragma clang diagnostic ignored "-Wtautological-compare"
#pragma clang diagnostic ignored "-Wxor-used-as-pow"
#pragma clang diagnostic ignored "-Wself-assign"
#pragma clang diagnostic ignored "-Wlogical-not-parentheses"

typedef unsigned char __u8;
typedef signed char __s8;
typedef unsigned short __u16;
typedef short __s16;
typedef unsigned int __u32;
typedef int __s32;
typedef unsigned long long __u64;
typedef long long __s64;
typedef _Bool bool;

/* A parameter that the kernel passes and the program does not look at. */
#define __unused __attribute__((unused))

/* Byte orders and sums that libbpf's helper declarations mention. */
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;

#define false 0
#define true 1

enum nu_map_type {
	BPF_MAP_TYPE_HASH = 1,
	BPF_MAP_TYPE_ARRAY = 2,
	BPF_MAP_TYPE_PERCPU_HASH = 5,
	BPF_MAP_TYPE_PERCPU_ARRAY = 6,
	BPF_MAP_TYPE_STACK_TRACE = 7,
	BPF_MAP_TYPE_LRU_HASH = 9,
	BPF_MAP_TYPE_RINGBUF = 27,
	BPF_MAP_TYPE_TASK_STORAGE = 29,
};

enum nu_map_flag {
	BPF_ANY = 0,
	BPF_NOEXIST = 1,
	BPF_F_NO_PREALLOC = 1,
	BPF_LOCAL_STORAGE_GET_F_CREATE = 1,
};

enum nu_stack_flag {
	BPF_F_USER_STACK = 1 << 8,
};

enum nu_ring_flag {
	BPF_RB_AVAIL_DATA = 0,
	BPF_RB_NO_WAKEUP = 1,
	BPF_RB_FORCE_WAKEUP = 2,
};

#endif /* NU_TYPES_H */
