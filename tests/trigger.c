/*
 * Does a known number of known things, for the live tests: `trigger THING [ARG…]`.
 * Its comm is its own, so that a probe with `--comm trigger` sees nothing else.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* No process and no process group has this id: it is beyond the kernel's largest. */
#define NOBODY 4194305

/* The mode of every open of ours: the loader's own opens have another. */
#define MODE 81

__attribute__((noinline, used)) long trigger_add(long a, long b)
{
	return (long)((unsigned long)a + (unsigned long)b);
}

__attribute__((noinline, used)) const char *trigger_greet(const char *text)
{
	static const char answer[] = "the answer to it";

	return text ? answer : NULL;
}

/* What a server may be asked for: types of all kinds. */
enum trigger_kind { TRIGGER_GET, TRIGGER_PUT = 5, TRIGGER_NONE = -1 };

struct trigger_peer {
	char host[12];
	unsigned short port;
};

struct trigger_request {
	int id;
	const char *name;
	enum trigger_kind kind;
	_Bool last;
	signed char level;
	struct trigger_peer from;
	struct trigger_peer *to;
	union {
		long whole;
		int half[2];
	};
	struct {
		unsigned int mode : 3;
		int delta : 5;
	};
	double ratio;
	struct trigger_request *next;
};

/* Answers with the next one. */
__attribute__((noinline, used)) struct trigger_request *trigger_handle(struct trigger_request *request, short priority)
{
	return priority < 0 ? request->next : NULL;
}

/* What is returned is too large for registers: the place for it is the first argument. */
__attribute__((noinline, used)) struct trigger_request trigger_copy(long id, const char *name)
{
	return (struct trigger_request){.id = (int)id, .name = name};
}

static void handles(long n, const char *name)
{
	struct trigger_peer to = {.host = "far", .port = 443};
	struct trigger_request last = {.id = -8, .name = "last", .kind = TRIGGER_NONE, .last = 1, .level = -2};

	for (int i = 0; i < n; i++) {
		struct trigger_request request = {.id = i, .name = name, .kind = TRIGGER_PUT, .level = 7, .next = &last};

		request.from = (struct trigger_peer){.host = "near", .port = (unsigned short)(8080 + i)};
		request.to = i ? &to : NULL;
		request.half[1] = -1;
		request.mode = 5;
		request.delta = -3;
		trigger_handle(&request, -7);
		trigger_copy(i, name);
	}
}

/* Bytes that are no text. */
struct trigger_frame {
	unsigned char to[6];
	unsigned char *payload;
	signed char levels[3];
	char name[4];
};

__attribute__((noinline, used)) long trigger_frame(struct trigger_frame *frame, const unsigned char *payload)
{
	return frame->to[5] + payload[0];
}

static void frames(long n)
{
	struct trigger_frame frame = {.to = {2, 0, 0, 0, 0, 1}, .levels = {-1, 0, 1}, .name = "abcd"};

	frame.payload = frame.to;
	for (; n > 0; n--) {
		trigger_frame(&frame, frame.payload);
		frame.to[5]++;
	}
}

/* Calls itself that often, with falling numbers; returns its number. */
__attribute__((noinline, used)) long trigger_nest(long n)
{
	volatile long inner = n > 1 ? trigger_nest(n - 1) : 0;

	return inner + 1;
}

/*
 * A USDT probe as sys/sdt.h makes it: an instruction that does nothing, and a note
 * that says where it is, its semaphore, and where its arguments are.
 */
#define PROBE(name, semaphore, arguments, ...)						\
	__asm__ volatile("990: nop\n"							\
			 ".pushsection .note.stapsdt,\"\",\"note\"\n.balign 4\n"	\
			 ".4byte 992f-991f, 994f-993f, 3\n"				\
			 "991: .asciz \"stapsdt\"\n992: .balign 4\n"			\
			 "993: .8byte 990b, _.stapsdt.base, " semaphore "\n"		\
			 ".asciz \"trigger\", \"" name "\", \"" arguments "\"\n"	\
			 "994: .balign 4\n.popsection\n"				\
			 : : __VA_ARGS__)

/* Where sys/sdt.h has its section begin, so that tools see where a file was moved to. */
__asm__(".pushsection .stapsdt.base,\"a\",%progbits\n"
	"_.stapsdt.base: .space 1\n.popsection");

/* More than 0 while somebody wants to know. */
__attribute__((used, section(".probes"))) unsigned short trigger_done;

/* Is written to; nobody has to clear it before the program begins. */
volatile long trigger_watched = 1;

/* N times a probe with arguments of all kinds, and one that is passed only where somebody wants to know. */
static void usdt(long n, const char *text)
{
	unsigned char small = 200;
	short minus = -3;

	for (int i = 0; i < n; i++) {
		PROBE("work", "0", "-4@%0 8@%1 1@%2 -2@%3", "nor"(i), "nor"(text), "nor"(small), "nor"(minus));
		if (*(volatile unsigned short *)&trigger_done)
			PROBE("done", "trigger_done", "-8@%0", "nor"(-n));
		/* An argument that is a float, in a register as sys/sdt.h has it. */
		PROBE("mixed", "0", "-4@%0 8f@%1 8@%2", "nor"(i), "r"(2.5), "nor"(text));
	}
	/* At two places, with arguments of two types. */
	PROBE("twice", "0", "-4@%0", "nor"(-1));
	PROBE("twice", "0", "8@%0", "nor"(0x100000000L));
}

static void getpids(long n)
{
	while (n-- > 0)
		syscall(SYS_getpid);
}

static void opens(long n, const char *path)
{
	while (n-- > 0) {
		long fd = syscall(SYS_openat, (long)AT_FDCWD, path, (long)O_RDONLY, (long)MODE);

		if (fd >= 0)
			close((int)fd);
	}
}

static void reads(long n)
{
	int fd = open("/dev/zero", O_RDONLY);
	char byte;

	while (n-- > 0)
		if (read(fd, &byte, 1) != 1)
			exit(3);
}

static void longname(long length)
{
	char *path = calloc(1, (size_t)length + 1);

	memset(path, 'a', (size_t)length);
	path[0] = '/';
	opens(1, path);
}

/* getpid without libc, so that the caller's frame is the next of the stack. */
static inline __attribute__((always_inline)) void bare_getpid(void)
{
#if defined(__x86_64__)
	long result;

	__asm__ volatile("syscall" : "=a"(result) : "0"((long)SYS_getpid) : "rcx", "r11", "memory");
#elif defined(__aarch64__)
	register long number __asm__("x8") = SYS_getpid;
	register long result __asm__("x0");

	__asm__ volatile("svc 0" : "=r"(result) : "r"(number) : "memory");
#endif
}

__attribute__((noinline, used)) void trigger_c(void)
{
	bare_getpid();
}

__attribute__((noinline, used)) void trigger_b(void)
{
	trigger_c();
	__asm__ volatile("" ::: "memory");
}

__attribute__((noinline, used)) void trigger_a(void)
{
	trigger_b();
	__asm__ volatile("" ::: "memory");
}

/* A stack of other functions, at the same depth. */
__attribute__((noinline, used)) void trigger_z(void)
{
	trigger_c();
	__asm__ volatile("" ::: "memory");
}

/* 2^depth different stacks, each with one getpid. */
__attribute__((noinline, used)) void trigger_left(long depth);
__attribute__((noinline, used)) void trigger_right(long depth);

__attribute__((noinline, used)) void trigger_left(long depth)
{
	if (!depth) {
		bare_getpid();
		return;
	}
	trigger_left(depth - 1);
	trigger_right(depth - 1);
}

__attribute__((noinline, used)) void trigger_right(long depth)
{
	if (!depth) {
		bare_getpid();
		return;
	}
	trigger_left(depth - 1);
	trigger_right(depth - 1);
}

static pthread_barrier_t start;
static long each;

static void *thread(void *number)
{
	cpu_set_t cpu;

	CPU_ZERO(&cpu);
	CPU_SET((int)((long)number % sysconf(_SC_NPROCESSORS_ONLN)), &cpu);
	sched_setaffinity(0, sizeof(cpu), &cpu);
	pthread_barrier_wait(&start);
	getpids(each);
	return NULL;
}

static void threads(long count, long n)
{
	pthread_t ids[64];

	if (count < 1 || count > 64)
		exit(2);
	each = n;
	pthread_barrier_init(&start, NULL, (unsigned int)count);
	for (long i = 0; i < count; i++)
		if (pthread_create(&ids[i], NULL, thread, (void *)i))
			exit(3);
	for (long i = 0; i < count; i++)
		pthread_join(ids[i], NULL);
}

static void *call_once(void *nothing)
{
	getpids(1);
	return nothing;
}

static void spawn(long count)
{
	pthread_t id;

	while (count-- > 0) {
		if (pthread_create(&id, NULL, call_once, NULL))
			exit(3);
		pthread_join(id, NULL);
	}
}

/* Lives a while: what a process has mapped is read meanwhile, for which an emulated processor takes long. */
static void *linger(void *nothing)
{
	usleep(1000000);
	return nothing;
}

static void lingerers(long count)
{
	pthread_t id;

	while (count-- > 0)
		if (pthread_create(&id, NULL, linger, NULL))
			exit(3);
	pthread_join(id, NULL);
}

/* Takes that many milliseconds of processor time. */
static void spin(long milliseconds)
{
	while (clock() < milliseconds * (CLOCKS_PER_SEC / 1000))
		;
}

/* Writes to that many pages for the first time. */
static void touch(long pages)
{
	long size = sysconf(_SC_PAGESIZE);
	char *memory = mmap(NULL, (size_t)(pages * size), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		exit(3);
	madvise(memory, (size_t)(pages * size), MADV_NOHUGEPAGE);
	for (long i = 0; i < pages; i++)
		memory[i * size] = 1;
}

/*
 * Opens a path of which nothing is in the process's memory: it lies across two pages of a new mapping, of which the
 * first has been touched where `half`.
 */
static void cold(const char *path, int half)
{
	long page = sysconf(_SC_PAGESIZE), at = page - 4;
	int file = memfd_create("cold", 0);
	size_t length = strlen(path) + 1;

	if (file < 0 || ftruncate(file, 2 * page) || pwrite(file, path, length, at) != (ssize_t)length)
		exit(3);
	char *memory = mmap(NULL, (size_t)(2 * page), PROT_READ, MAP_SHARED, file, 0);
	if (memory == MAP_FAILED)
		exit(3);
	if (half) {
		(void)*(volatile char *)memory;
		madvise(memory + page, (size_t)page, MADV_DONTNEED);
	}
	opens(1, memory + at);
}

/* Does that in A processes, one after the other, with the paths /cold/0 and so on. */
static void colds(long n)
{
	for (long i = 0; i < n; i++) {
		pid_t child = fork();

		if (!child) {
			char path[32];

			snprintf(path, sizeof(path), "/cold/%ld", i);
			cold(path, i % 2);
			_exit(0);
		}
		waitpid(child, NULL, 0);
	}
}

static void mallocs(long n, long size)
{
	while (n-- > 0) {
		void *volatile memory = malloc((size_t)size);

		free(memory);
	}
}

/* Signals to itself, its thread, nobody, and no group; four of them. */
static void signals(void)
{
	syscall(SYS_kill, getpid(), SIGURG);
	syscall(SYS_tgkill, getpid(), getpid(), SIGWINCH);
	syscall(SYS_kill, NOBODY, SIGKILL);
	syscall(SYS_kill, -NOBODY, 0);
}

/* Asks about a path in each of four ways. */
static void stats(const char *path)
{
	char answer[512];

	syscall(SYS_newfstatat, AT_FDCWD, path, answer, 0);
	syscall(SYS_statx, AT_FDCWD, path, 0, 0, answer);
	syscall(SYS_statfs, path, answer);
	syscall(SYS_statfs, "/", answer);
}

/* Becomes what it is: as root, whatever the ids. */
static void setuids(void)
{
	syscall(SYS_setuid, getuid());
	syscall(SYS_setresuid, -1, getuid(), -1);
	syscall(SYS_setreuid, -1, -1);
	syscall(SYS_setfsuid, getuid());
	syscall(SYS_setuid, -1);
}

/* Writes a file's N blocks past the page cache, each a request of its own. */
static int blocks(const char *path, long n, long size)
{
	int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_DIRECT, 0600);
	void *block = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (fd < 0 || block == MAP_FAILED)
		exit(3);
	while (n-- > 0)
		if (write(fd, block, (size_t)size) != size)
			exit(3);
	return fd;
}

/* Asks for writing in five ways, of which one writes what others have left, and one fails. */
static void syncs(const char *path)
{
	int fd = blocks(path, 1, 4096);
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	fdatasync(fd);
	fsync(fd);
	syncfs(fd);
	msync(page, 4096, MS_ASYNC);
	fsync(-1);
}

/* Is unable to run for a while: two of it want the same processor, each for MS milliseconds. */
static void rivals(long ms)
{
	cpu_set_t cpu;

	CPU_ZERO(&cpu);
	CPU_SET(0, &cpu);
	sched_setaffinity(0, sizeof(cpu), &cpu);
	fork();
	spin(ms);
	while (wait(NULL) > 0)
		;
}

static void forks(long n)
{
	while (n-- > 0) {
		if (!fork())
			_exit(0);
		wait(NULL);
	}
}

/* Takes so many milliseconds. */
__attribute__((noinline, used)) long trigger_nap(long ms)
{
	usleep((useconds_t)ms * 1000);
	return ms;
}

/* Asks to change its root, which stays as it is: N times as root, N times as nobody. */
static void roots(long n)
{
	for (long i = 0; i < n; i++)
		if (chroot("/"))
			exit(3);
	if (setuid(65534))
		exit(3);
	while (n-- > 0)
		if (!chroot("/"))
			exit(3);
}

int main(int argc, char **argv)
{
	const char *thing = argc > 1 ? argv[1] : "";
	long a = argc > 2 ? strtol(argv[2], NULL, 0) : 0;
	long b = argc > 3 ? strtol(argv[3], NULL, 0) : 0;
	long c = argc > 4 ? strtol(argv[4], NULL, 0) : 0;

	if (!strcmp(thing, "getpid")) {
		getpids(a);
	} else if (!strcmp(thing, "later")) { /* after A milliseconds, B times */
		usleep((useconds_t)a * 1000);
		getpids(b);
	} else if (!strcmp(thing, "open")) {
		opens(a, argv[3]);
	} else if (!strcmp(thing, "read")) {
		reads(a);
	} else if (!strcmp(thing, "kill0")) {
		while (a-- > 0)
			kill(0, 0); /* the own process group; getpid would be a call more */
	} else if (!strcmp(thing, "call")) { /* A times trigger_add(B, C) */
		while (a-- > 0)
			trigger_add(b, c);
	} else if (!strcmp(thing, "pairs")) { /* trigger_add of each two numbers that follow */
		for (int i = 2; i + 1 < argc; i += 2)
			trigger_add(strtol(argv[i], NULL, 0), strtol(argv[i + 1], NULL, 0));
	} else if (!strcmp(thing, "values")) { /* trigger_add of each number that follows, and 0 */
		for (int i = 2; i < argc; i++)
			trigger_add(strtol(argv[i], NULL, 0), 0);
		linger(NULL);
	} else if (!strcmp(thing, "nest")) { /* trigger_nest, A deep */
		trigger_nest(a);
	} else if (!strcmp(thing, "stack")) { /* A times main, a, b, c, then B times main, z, c */
		while (a-- > 0)
			trigger_a();
		while (b-- > 0)
			trigger_z();
		linger(NULL);
	} else if (!strcmp(thing, "tree")) { /* from the same function, A calls deep */
		trigger_left(a);
		linger(NULL);
	} else if (!strcmp(thing, "exec")) { /* a stack, then as another program */
		trigger_a();
		linger(NULL);
		execv(argv[2], argv + 2);
	} else if (!strcmp(thing, "greet")) {
		while (a-- > 0)
			trigger_greet(argv[3]);
	} else if (!strcmp(thing, "handle")) { /* A times, of name B */
		handles(a, argc > 3 ? argv[3] : "");
	} else if (!strcmp(thing, "frames")) { /* A times, to different addresses */
		frames(a);
	} else if (!strcmp(thing, "usdt")) { /* A times, with text B */
		usdt(a, argc > 3 ? argv[3] : "");
	} else if (!strcmp(thing, "watch")) { /* A times written to, and then read from */
		for (long i = 0; i < a; i++)
			trigger_watched = i;
		for (long i = 0; i < a; i++)
			b += trigger_watched;
	} else if (!strcmp(thing, "longname")) {
		longname(a);
	} else if (!strcmp(thing, "threads")) {
		threads(a, b);
	} else if (!strcmp(thing, "spawn")) { /* A threads, one after the other */
		spawn(a);
	} else if (!strcmp(thing, "linger")) { /* A threads */
		lingerers(a);
	} else if (!strcmp(thing, "malloc")) { /* A times B bytes */
		mallocs(a, b);
	} else if (!strcmp(thing, "signals")) {
		signals();
	} else if (!strcmp(thing, "stats")) {
		stats(argv[2]);
	} else if (!strcmp(thing, "setuids")) {
		setuids();
	} else if (!strcmp(thing, "blocks")) { /* into file A, B blocks of C bytes */
		blocks(argv[2], b, c);
	} else if (!strcmp(thing, "syncs")) { /* of file A */
		syncs(argv[2]);
	} else if (!strcmp(thing, "rivals")) {
		rivals(a);
	} else if (!strcmp(thing, "forks")) {
		forks(a);
	} else if (!strcmp(thing, "nap")) { /* A times B milliseconds */
		while (a-- > 0)
			trigger_nap(b);
	} else if (!strcmp(thing, "roots")) {
		roots(a);
	} else if (!strcmp(thing, "spin")) {
		spin(a);
	} else if (!strcmp(thing, "touch")) {
		touch(a);
	} else if (!strcmp(thing, "colds")) {
		colds(a);
	} else if (!strcmp(thing, "cold")) { /* path A */
		cold(argv[2], 0);
	} else if (!strcmp(thing, "nopath")) {
		opens(a, NULL);
	} else if (!strcmp(thing, "badptr")) {
		opens(1, (const char *)16);
	} else {
		fprintf(stderr, "trigger: no such thing: %s\n", thing);
		return 2;
	}
	return 0;
}
