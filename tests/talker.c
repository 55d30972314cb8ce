/*
 * Talks to itself over TCP, for the live tests: `talker THING [ARG…]`. Its comm is
 * its own. The server's port is always 28008.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define PORT 28008

static void failed(const char *what)
{
	perror(what);
	exit(1);
}

/* The loopback address of a family. */
static socklen_t loopback(int family, struct sockaddr_storage *address)
{
	struct sockaddr_in *four = (void *)address;
	struct sockaddr_in6 *six = (void *)address;

	memset(address, 0, sizeof(*address));
	address->ss_family = (sa_family_t)family;
	if (family == AF_INET) {
		four->sin_port = htons(PORT);
		four->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		return sizeof(*four);
	}
	six->sin6_port = htons(PORT);
	six->sin6_addr = in6addr_loopback;
	return sizeof(*six);
}

static int listening(int family)
{
	struct sockaddr_storage address;
	socklen_t size = loopback(family, &address);
	int fd = socket(family, SOCK_STREAM, 0), one = 1;

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)))
		failed("socket");
	if (bind(fd, (void *)&address, size) || listen(fd, 64))
		failed("listen");
	return fd;
}

static int connected(int family)
{
	struct sockaddr_storage address;
	socklen_t size = loopback(family, &address);
	int fd = socket(family, SOCK_STREAM, 0);

	if (fd < 0 || connect(fd, (void *)&address, size))
		failed("connect");
	return fd;
}

static void reads(int fd, long bytes)
{
	char buffer[4096];

	while (bytes > 0) {
		ssize_t got = read(fd, buffer, sizeof(buffer));

		if (got <= 0)
			failed("read");
		bytes -= got;
	}
}

/* So often: connects, sends that many bytes, and is answered with half as many; the client ends it. */
static void talk(int family, long times, long bytes)
{
	int server = listening(family);
	char *text = calloc(1, (size_t)bytes + 1), end;

	while (times-- > 0) {
		int client = connected(family), other = accept(server, NULL, NULL);

		if (other < 0 || write(client, text, (size_t)bytes) != bytes)
			failed("write");
		reads(other, bytes);
		if (write(other, text, (size_t)bytes / 2) != bytes / 2)
			failed("answer");
		reads(client, bytes / 2);
		close(client);
		/* The server sees the end before it closes its side. */
		if (read(other, &end, 1))
			failed("end");
		close(other);
	}
	free(text);
	close(server);
}

/* The other side is deaf for a while: what is sent to it is thrown away and sent again. */
static void repeat(long milliseconds)
{
	struct sock_filter none = BPF_STMT(BPF_RET | BPF_K, 0);
	struct sock_fprog deaf = { .len = 1, .filter = &none };
	int server = listening(AF_INET), client = connected(AF_INET), other = accept(server, NULL, NULL), zero = 0;

	if (other < 0 || setsockopt(other, SOL_SOCKET, SO_ATTACH_FILTER, &deaf, sizeof(deaf)))
		failed("filter");
	if (write(client, "x", 1) != 1)
		failed("write");
	usleep((useconds_t)milliseconds * 1000);
	if (setsockopt(other, SOL_SOCKET, SO_DETACH_FILTER, &zero, sizeof(zero)))
		failed("hears again");
	reads(other, 1);
}

/* Connects to where nobody listens. */
static void refused(void)
{
	struct sockaddr_storage address;
	socklen_t size = loopback(AF_INET, &address);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || !connect(fd, (void *)&address, size) || errno != ECONNREFUSED)
		failed("connect");
}

/* A text through a Unix socket, read in two parts. */
static void whisper(const char *text)
{
	char buffer[64];
	int ends[2];
	ssize_t size = (ssize_t)strlen(text);

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) || write(ends[0], text, (size_t)size) != size)
		failed("write");
	if (read(ends[1], buffer, 4) != 4 || read(ends[1], buffer, sizeof(buffer)) != size - 4)
		failed("read");
}

/* Connects to a Unix socket that is not there: a path, or behind `@` a name. */
static void knock(const char *name)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	size_t size = strlen(name);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	memcpy(address.sun_path, name, size);
	if (*name == '@')
		address.sun_path[0] = 0;
	size += offsetof(struct sockaddr_un, sun_path);
	if (fd < 0 || !connect(fd, (void *)&address, (socklen_t)size))
		failed("connect");
}

int main(int argc, char **argv)
{
	const char *thing = argc > 1 ? argv[1] : "";
	long a = argc > 2 ? atol(argv[2]) : 1, b = argc > 3 ? atol(argv[3]) : 1;

	if (!strcmp(thing, "talk")) { /* A times B bytes */
		talk(AF_INET, a, b);
	} else if (!strcmp(thing, "talk6")) {
		talk(AF_INET6, a, b);
	} else if (!strcmp(thing, "repeat")) { /* deaf for A milliseconds */
		repeat(a);
	} else if (!strcmp(thing, "listen")) { /* A milliseconds; says when it does */
		listening(AF_INET);
		puts("listening");
		fflush(stdout);
		usleep((useconds_t)a * 1000);
	} else if (!strcmp(thing, "refused")) {
		refused();
	} else if (!strcmp(thing, "knock")) { /* at A, that is not there */
		knock(argv[2]);
	} else if (!strcmp(thing, "exec")) { /* what is not there */
		return !execl(argv[2], argv[2], NULL);
	} else if (!strcmp(thing, "whisper")) { /* A, to itself, without a network */
		whisper(argv[2]);
	} else if (!strcmp(thing, "resolve")) { /* the name A; of what comes, nothing is looked at */
		execlp("getent", "talker", "ahosts", argv[2], NULL);
	} else {
		fprintf(stderr, "talker: no such thing: %s\n", thing);
		return 2;
	}
	return 0;
}
