// Refuses calls of bpf(2), as a kernel that has run out of something does: a library to be preloaded. The file that REFUSE
// names says which command, with which error, and (or 0) up to which size of the verifier's log: three numbers. Programs
// as short as libbpf's own trials are let through.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>

enum { TRIAL = 16 };

static int refused(int command, const union bpf_attr *attr)
{
	const char *name = getenv("REFUSE");
	FILE *file = name ? fopen(name, "r") : NULL;
	int which = -1, error = 0;
	unsigned int log = 0;

	if (file && fscanf(file, "%d %d %u", &which, &error, &log) != 3)
		which = -1;
	if (file)
		fclose(file);
	if (which != command || (command == BPF_PROG_LOAD && attr->insn_cnt <= TRIAL))
		return 0;
	if (log && (attr->log_size == 0 || attr->log_size > log))
		return 0;
	return error;
}

long syscall(long number, ...)
{
	long arg[6];
	va_list list;

	va_start(list, number);
	for (int i = 0; i < 6; i++)
		arg[i] = va_arg(list, long);
	va_end(list);
	if (number == SYS_bpf) {
		int error = refused((int)arg[0], (const union bpf_attr *)arg[1]);

		if (error) {
			errno = error;
			return -1;
		}
	}
	long (*real)(long, ...) = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
	return real(number, arg[0], arg[1], arg[2], arg[3], arg[4], arg[5]);
}
