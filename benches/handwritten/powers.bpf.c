// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Sizes of reads by powers of two, by a loop of at most 1024 turns. */
#include "own.h"

COUNTS(__s64)
ERRORS_KEPT

struct state {
	__s64 rest, power;
};

static long halve(__u32 turn, struct state *state)
{
	if (state->rest <= 1)
		return 1;
	state->rest >>= 1;
	state->power++;
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_read")
int reads(struct enter_read *ctx)
{
	struct state state = { .rest = ctx->count };

	if (bpf_loop(1026, halve, &state, 0) == 1026)
		return fail(__LINE__);
	count(&state.power);
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
