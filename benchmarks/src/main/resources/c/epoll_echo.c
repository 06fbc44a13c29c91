/* An echo server of one thread around epoll: what the kernel allows on this machine. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define READY 512
#define BUFFER (64 * 1024)

static void accept_all(int epoll, int listener) {
	int socket;
	while ((socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
		int on = 1;
		setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
		struct epoll_event event = { .events = EPOLLIN, .data.fd = socket };
		epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
	}
}

static void echo(int socket, char *buffer) {
	ssize_t count = read(socket, buffer, BUFFER);
	if (count < 0 && errno == EAGAIN) {
		return;
	}
	ssize_t written = 0;
	while (written < count) {
		ssize_t now = write(socket, buffer + written, count - written);
		if (now < 0 && errno != EAGAIN) {
			break;
		}
		written += (now > 0) ? now : 0;
	}
	if (count <= 0 || written < count) {
		close(socket);
	}
}

int main(int argc, char **argv) {
	struct rlimit files;
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	int on = 1;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_ANY),
		.sin_port = htons(argc > 1 ? atoi(argv[1]) : 7001) };
	if (bind(listener, (struct sockaddr *) &address, sizeof address) < 0 || listen(listener, 1024) < 0) {
		perror("listen");
		return 1;
	}
	int epoll = epoll_create1(0);
	struct epoll_event event = { .events = EPOLLIN, .data.fd = listener };
	epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
	puts("ready");
	fflush(stdout);
	char *buffer = malloc(BUFFER);
	struct epoll_event ready[READY];
	while (1) {
		int count = epoll_wait(epoll, ready, READY, -1);
		for (int i = 0; i < count; i++) {
			if (ready[i].data.fd == listener) {
				accept_all(epoll, listener);
			}
			else {
				echo(ready[i].data.fd, buffer);
			}
		}
	}
}
