/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Reading the context. The verifier takes loads from it at constant offsets
 * only, while clang likes to join the loads of two branches into one at an
 * offset that it computes, volatile or not. It leaves assembly alone.
 */
#ifndef NU_CONTEXT_H
#define NU_CONTEXT_H

#include <nu/types.h>

/* Loads as many bytes as the type has, at a constant offset. */
#define nu_load(ctx, type, offset) ({						\
	__u64 raw;								\
										\
	if (sizeof(type) == 8)							\
		asm("%0 = *(u64 *)(%1 + %2)" : "=r"(raw) : "r"(ctx), "i"(offset));	\
	else if (sizeof(type) == 4)						\
		asm("%0 = *(u32 *)(%1 + %2)" : "=r"(raw) : "r"(ctx), "i"(offset));	\
	else if (sizeof(type) == 2)						\
		asm("%0 = *(u16 *)(%1 + %2)" : "=r"(raw) : "r"(ctx), "i"(offset));	\
	else									\
		asm("%0 = *(u8 *)(%1 + %2)" : "=r"(raw) : "r"(ctx), "i"(offset));	\
	(type)raw;								\
})

/* A member of a tracepoint's record. */
#define nu_field(ctx, member)							\
	nu_load(ctx, __typeof__((ctx)->member), __builtin_offsetof(__typeof__(*(ctx)), member))

/* What the caller of a program that hangs on nothing gives it: numbers of 64 bits. */
#ifndef NU_UNTYPED_ARGUMENTS
#define nu_argument(ctx, n) nu_load(ctx, __s64, 8 * (n))
#else
/* Before Linux 5.18 the verifier takes no load of an argument that points to a number. */
#define nu_argument(ctx, n) ({							\
	__s64 argument = 0;							\
										\
	bpf_probe_read_kernel(&argument, sizeof(argument), (__s64 *)(ctx) + (n));	\
	argument;								\
})
#endif

#endif /* NU_CONTEXT_H */
