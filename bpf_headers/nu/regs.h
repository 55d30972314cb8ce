/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The saved registers of a probed function, by the kernel's own field names;
 * libbpf's bpf_tracing.h picks arguments and return value out of them. What an
 * architecture's registers are called and where they lie does not change, so
 * they need no relocation.
 */
#ifndef NU_REGS_H
#define NU_REGS_H

#include <nu/context.h>

/* Tells bpf_tracing.h that registers have the kernel's names, not user space's. */
#define __VMLINUX_H__

#if defined(__TARGET_ARCH_x86)
struct pt_regs {
	unsigned long r15, r14, r13, r12, bp, bx;
	unsigned long r11, r10, r9, r8, ax, cx, dx, si, di;
	unsigned long orig_ax, ip, cs, flags, sp, ss;
};
#define NU_REGS struct pt_regs
#elif defined(__TARGET_ARCH_arm64)
struct user_pt_regs {
	__u64 regs[31];
	__u64 sp, pc, pstate;
};
struct pt_regs {
	struct user_pt_regs user_regs;
	__u64 orig_x0;
	__s32 syscallno;
};
#define NU_REGS struct user_pt_regs
#else
#error "nu/regs.h knows x86 and arm64: pass -D__TARGET_ARCH_x86 or -D__TARGET_ARCH_arm64"
#endif

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

/* The Nth argument of the probed function, counted from 1 as libbpf does. */
#define nu_arg(ctx, n) nu_load(ctx, __u64, __builtin_offsetof(NU_REGS, __PT_PARM##n##_REG))

/* What the probed function returned. */
#define nu_retval(ctx) nu_load(ctx, __s64, __builtin_offsetof(NU_REGS, __PT_RC_REG))

/* A sample (struct bpf_perf_event_data): the registers, its period, its address. */
#define nu_sample_address(ctx) nu_load(ctx, __u64, sizeof(NU_REGS) + 8)
#if defined(__TARGET_ARCH_x86)
#define nu_ip(ctx) nu_load(ctx, __u64, __builtin_offsetof(NU_REGS, ip))
#else
#define nu_ip(ctx) nu_load(ctx, __u64, __builtin_offsetof(NU_REGS, pc))
#endif

/*
 * Where the stack of the call lies that is entered, or that returns: on x86 the
 * return has taken the address from it that it went to.
 */
#if defined(__TARGET_ARCH_x86)
#define nu_frame(ctx) nu_load(ctx, __u64, __builtin_offsetof(NU_REGS, sp))
#define nu_frame_at_return(ctx) (nu_frame(ctx) - 8)
#else
#define nu_frame(ctx) nu_load(ctx, __u64, __builtin_offsetof(NU_REGS, sp))
#define nu_frame_at_return(ctx) nu_frame(ctx)
#endif

#endif /* NU_REGS_H */
