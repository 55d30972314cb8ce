// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Attaches all programs of an object until its input ends: `attach OBJECT`. */
#include <bpf/libbpf.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct bpf_object *object = argc > 1 ? bpf_object__open_file(argv[1], NULL) : NULL;
	struct bpf_program *program;

	if (!object || bpf_object__load(object))
		return 1;
	bpf_object__for_each_program(program, object)
		if (!bpf_program__attach(program))
			return 1;
	puts("attached");
	fflush(stdout);
	return getchar() == EOF ? 0 : 1;
}
