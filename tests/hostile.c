/*
 * A process of another user that attacks whoever looks at its stacks, for the live
 * tests: `hostile THING FILE SECONDS [NUMBER]`. It calls getppid from code in FILE,
 * or from code of no file, until the time is over. Its comm is its own.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define NOBODY 65534
#define PAGE 4096L
#define BEHIND (35 << 20)

/* A function that calls getppid and returns. */
#if defined(__x86_64__)
static const unsigned char code[] = { 0xb8, 0x6e, 0, 0, 0, 0x0f, 0x05, 0xc3 };
#elif defined(__aarch64__)
static const unsigned char code[] = { 0xa8, 0x15, 0x80, 0xd2, 1, 0, 0, 0xd4, 0xc0, 3, 0x5f, 0xd6 };
#endif

extern const char __executable_start;

static int target;
static off_t whole, kept;
static char *bytes;

static void failed(const char *what)
{
	perror(what);
	exit(1);
}

static void *mapped(int file, off_t offset, int protection)
{
	int flags = file < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_PRIVATE;
	void *at = mmap(NULL, PAGE, protection, flags, file, offset);

	if (at == MAP_FAILED)
		failed("mmap");
	return at;
}

static void called_until(time_t end, void (*function)(void))
{
	while (time(NULL) < end)
		function();
	exit(0);
}

/* In a copy of this program it is called as well. */
__attribute__((noinline)) static void in_file(void)
{
#if defined(__x86_64__)
	__asm__ volatile("syscall" : : "a"(110) : "rcx", "r11", "memory");
#else
	getppid();
#endif
}

static void *truncating(void *end)
{
	while (time(NULL) < (time_t)(intptr_t)end) {
		if (ftruncate(target, kept))
			failed("truncate");
		usleep(500);
		if (pwrite(target, bytes + kept, whole - kept, kept) < 0 || ftruncate(target, whole + BEHIND))
			failed("restore");
		usleep(500);
	}
	return NULL;
}

/* FILE is a copy of this program with 35 MB behind it: all but its code comes and goes. */
static void truncates(time_t end)
{
	off_t offset = (const char *)in_file - &__executable_start, page = offset / PAGE * PAGE;
	int own = open("/proc/self/exe", O_RDONLY);
	struct stat about;
	pthread_t thread;
	char *at;

	if (own < 0 || fstat(own, &about))
		failed("/proc/self/exe");
	whole = about.st_size;
	kept = page + 2 * PAGE;
	bytes = malloc(whole);
	if (!bytes || read(own, bytes, whole) != whole || write(target, bytes, whole) != whole)
		failed("copy");
	at = mapped(target, page, PROT_READ | PROT_EXEC);
	if (pthread_create(&thread, NULL, truncating, (void *)(intptr_t)end))
		failed("thread");
	called_until(end, (void (*)(void))(uintptr_t)(at + (offset - page)));
}

/* Code of no file, and NUMBER megabytes of names for it. */
static void jit(time_t end, long number)
{
	char *at = mapped(-1, 0, PROT_READ | PROT_WRITE | PROT_EXEC), name[64];
	long line, written = 0;
	FILE *names;

	memcpy(at, code, sizeof(code));
	snprintf(name, sizeof(name), "/tmp/perf-%d.map", getpid());
	names = fopen(name, "w");
	if (!names)
		failed(name);
	for (line = 0; written < number << 20; line++)
		written += fprintf(names, "%lx 8 f%lx\n", 16 * line, line);
	fprintf(names, "%lx 8 made\n", (unsigned long)(uintptr_t)at);
	fclose(names);
	while (time(NULL) < end)
		((void (*)(void))(uintptr_t)at)();
	unlink(name);
}

/* The code in FILE, mapped NUMBER times. */
static void mappings(time_t end, long number)
{
	char *at = NULL;

	if (ftruncate(target, PAGE) || pwrite(target, code, sizeof(code), 0) < 0)
		failed("write");
	while (number--)
		at = mapped(target, 0, PROT_READ | PROT_EXEC);
	called_until(end, (void (*)(void))(uintptr_t)at);
}

int main(int count, char **words)
{
	const char *thing = count > 1 ? words[1] : "";
	time_t end = time(NULL) + (count > 3 ? atol(words[3]) : 0);
	long number = count > 4 ? atol(words[4]) : 0;

	if (!getuid() && (setresgid(NOBODY, NOBODY, NOBODY) || setresuid(NOBODY, NOBODY, NOBODY)))
		failed("setresuid");
	/* What its parent leaves ends by itself: this has a time. Its user's memory is its own. */
	prctl(PR_SET_DUMPABLE, 1);
	if (count < 4 || (target = open(words[2], O_RDWR | O_CREAT, 0755)) < 0)
		failed("hostile THING FILE SECONDS [NUMBER]");
	if (!strcmp(thing, "truncates"))
		truncates(end);
	else if (!strcmp(thing, "jit"))
		jit(end, number);
	else if (!strcmp(thing, "mappings"))
		mappings(end, number);
	else if (!strcmp(thing, "spins"))
		called_until(end, in_file);
	return 0;
}
