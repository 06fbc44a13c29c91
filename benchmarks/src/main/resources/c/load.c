/*
 * A load generator around epoll, to check the one in Java against.
 * load PORT CONNECTIONS DEPTH SECONDS WARM_UP PID: keeps DEPTH lines of 64 bytes in flight on each connection,
 * prints the messages a second, the 50th and 99th percentile of the latency in microseconds,
 * and the processor time of the process PID in nanoseconds for a message.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MESSAGE 64
#define BUFFER (256 * 1024)
#define READY 512
#define MICROS 1000000

struct client {
	int socket;
	int partial;
	int oldest;
	long *sent_at;
};

static long histogram[MICROS];

static long read_clock(clockid_t clock) {
	struct timespec time;
	clock_gettime(clock, &time);
	return time.tv_sec * 1000000000L + time.tv_nsec;
}

static long now(void) {
	return read_clock(CLOCK_MONOTONIC);
}

static void record(long nanos) {
	long micros = nanos / 1000;
	histogram[micros < MICROS ? micros : MICROS - 1]++;
}

static int percentile(double part, long total) {
	long seen = 0;
	for (int i = 0; i < MICROS; i++) {
		seen += histogram[i];
		if (seen >= part * total) {
			return i;
		}
	}
	return MICROS;
}

static void fail(const char *what) {
	perror(what);
	exit(1);
}

static void open_client(struct client *client, int port, int depth) {
	int on = 1;
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons(port) };
	client->socket = socket(AF_INET, SOCK_STREAM, 0);
	if (connect(client->socket, (struct sockaddr *) &address, sizeof address) < 0) {
		fail("connect");
	}
	setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	fcntl(client->socket, F_SETFL, O_NONBLOCK);
	client->sent_at = malloc(sizeof(long) * depth);
}

int main(int argc, char **argv) {
	if (argc != 7) {
		fprintf(stderr, "load PORT CONNECTIONS DEPTH SECONDS WARM_UP PID\n");
		return 1;
	}
	int port = atoi(argv[1]), connections = atoi(argv[2]), depth = atoi(argv[3]);
	double seconds = atof(argv[4]), warm_up = atof(argv[5]);
	clockid_t server;
	if ((errno = clock_getcpuclockid(atoi(argv[6]), &server)) != 0) {
		fail("clock_getcpuclockid");
	}
	struct rlimit files;
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	char *burst = malloc(MESSAGE * depth), *buffer = malloc(BUFFER);
	memset(burst, 'x', MESSAGE * depth);
	for (int i = 1; i <= depth; i++) {
		burst[i * MESSAGE - 1] = '\n';
	}
	int epoll = epoll_create1(0);
	struct client *clients = calloc(connections, sizeof(struct client));
	for (int i = 0; i < connections; i++) {
		open_client(&clients[i], port, depth);
		struct epoll_event event = { .events = EPOLLIN, .data.u32 = i };
		epoll_ctl(epoll, EPOLL_CTL_ADD, clients[i].socket, &event);
	}
	long start = now();
	for (int i = 0; i < connections; i++) {
		for (int k = 0; k < depth; k++) {
			clients[i].sent_at[k] = start;
		}
		if (write(clients[i].socket, burst, MESSAGE * depth) != MESSAGE * depth) {
			fail("write");
		}
	}
	long measured_from = now() + (long) (warm_up * 1e9), end = measured_from + (long) (seconds * 1e9), count = 0, used = -1;
	struct epoll_event ready[READY];
	while (now() < end) {
		int n = epoll_wait(epoll, ready, READY, 100);
		for (int i = 0; i < n; i++) {
			struct client *client = &clients[ready[i].data.u32];
			int bytes = read(client->socket, buffer, BUFFER);
			if (bytes < 0 && errno == EAGAIN) {
				continue;
			}
			if (bytes <= 0) {
				fail("read");
			}
			long time = now();
			if (used < 0 && time > measured_from) {
				used = read_clock(server);
			}
			int complete = (client->partial + bytes) / MESSAGE;
			client->partial = (client->partial + bytes) % MESSAGE;
			for (int k = 0; k < complete; k++) {
				if (time > measured_from) {
					record(time - client->sent_at[client->oldest]);
					count++;
				}
				client->sent_at[client->oldest] = time;
				client->oldest = (client->oldest + 1) % depth;
			}
			if (complete > 0 && write(client->socket, burst, MESSAGE * complete) != MESSAGE * complete) {
				fail("write");
			}
		}
	}
	used = read_clock(server) - used;
	printf("%.0f\n%d\n%d\n%.1f\n", count / ((now() - measured_from) / 1e9), percentile(.5, count), percentile(.99, count),
		(double) used / count);
	return 0;
}
