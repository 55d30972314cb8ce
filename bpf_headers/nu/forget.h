/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What the verifier knows of a value keeps it from seeing that two ways have
 * met again: it goes through all that follows once for every way out of a loop
 * and for every end of a function. Where they meet, it is made to forget.
 */
#ifndef NU_FORGET_H
#define NU_FORGET_H

#include <nu/types.h>
#include <bpf/bpf_helpers.h>

/* Always 0, which the verifier cannot know: it is a variable in a map. */
static volatile __u64 nu_nothing;

/*
 * The same value, of which the verifier knows nothing any more; nu_unknown is a
 * copy of nu_nothing. By assembly, as clang would know that two such cancel out.
 */
#define nu_forget(value) asm volatile("%0 ^= %1" : "+r"(value) : "r"(nu_unknown))

/* The same of a string: what a helper has written is not known to the verifier. */
#define nu_forget_text(text) bpf_probe_read_kernel(&(text), sizeof(text), &(text))

/* A copy of a number: what is found out about the one says nothing of the other. */
#define nu_fresh(value) ((__s64)(value) ^ (__s64)nu_nothing)

#endif /* NU_FORGET_H */
