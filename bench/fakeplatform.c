/* A platform that answers every call with a new id after a delay, and remembers what it saw.
 *
 *   fakeplatform DELAY_MS      prints its origin, serves until its standard input ends; binds 127.0.0.1 only
 *
 * POST anything        {"id":"…"} after the delay, or the one its own path asks for: /d/<ms>/…
 * GET anything         the same with a permalink_url
 * GET /_stats          what was seen since it was last asked, as JSON: connections, calls, peak (calls in flight),
 *                      arrivals (of each POST, seconds of the monotonic clock), seen ([number, times, first arrival]
 *                      for each nr-<number> in the body of a POST)
 *
 * HTTP/1.1 with kept connections and Content-Length bodies. Delays wait in a wheel of one-millisecond slots, so that
 * ten thousand calls in flight cost next to nothing: the platform must never be what is measured. Linux only (epoll). */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST_FDS = 65536, BUFFER = 65536, SLOTS = 1 << 16, NUMBERS = 1 << 20, ARRIVALS = 1 << 20 };

struct talk {
    int fd, filled, owed; /* owed: an answer waits in the wheel, and what came after it in the buffer */
    int is_read;          /* the owed answer is that to a GET */
    double began;         /* when the first byte of the request came */
    struct talk *next;
    char bytes[BUFFER + 1];
};

static struct talk *talks[MOST_FDS], *wheel[SLOTS], *graves;
static long turned; /* the first slot, by its tick, that was not answered yet */
static unsigned short times_seen[NUMBERS];
static double first_seen[NUMBERS], arrivals[ARRIVALS];
static long arrived, connections, calls, in_flight, peak, last_id;
static int poller, usual_delay;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void hang_up(struct talk *talk) {
    close(talk->fd);
    talks[talk->fd] = NULL;
    talk->fd = -1;
    if (!talk->owed) talk->next = graves, graves = talk; /* freed when nobody looks at it any more */
}

/* Writes all of it; only the statistics are longer than a socket's buffer, and then nobody else waits. */
static void say(struct talk *talk, const char *text, size_t length) {
    while (length) {
        ssize_t sent = write(talk->fd, text, length);
        if (sent < 0 && errno == EAGAIN) {
            usleep(200);
            continue;
        }
        if (sent < 0) {
            hang_up(talk);
            return;
        }
        text += sent, length -= (size_t)sent;
    }
}

static void answer(struct talk *talk) {
    char body[160], whole[320];
    long id = ++last_id;
    int size = talk->is_read
        ? snprintf(body, sizeof body, "{\"id\":\"%ld\",\"permalink_url\":\"https://platform.example/%ld\"}", id, id)
        : snprintf(body, sizeof body, "{\"id\":\"%ld\"}", id);
    int length = snprintf(whole, sizeof whole,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", size, body);
    say(talk, whole, (size_t)length);
}

static void tell(struct talk *talk) {
    size_t room = 512 + (size_t)arrived * 24 + 64 * NUMBERS, used;
    char *text = malloc(room), head[128];
    struct rusage spent;
    getrusage(RUSAGE_SELF, &spent);
    double cpu = spent.ru_utime.tv_sec + spent.ru_stime.tv_sec + (spent.ru_utime.tv_usec + spent.ru_stime.tv_usec) / 1e6;
    used = (size_t)sprintf(text, "{\"connections\":%ld,\"calls\":%ld,\"peak\":%ld,\"cpu\":%.3f,\"arrivals\":[",
        connections - 1, calls, peak, cpu); /* the asking connection does not count */
    for (long i = 0; i < arrived; i++) used += (size_t)sprintf(text + used, "%s%.6f", i ? "," : "", arrivals[i]);
    used += (size_t)sprintf(text + used, "],\"seen\":[");
    for (int n = 0, any = 0; n < NUMBERS; n++)
        if (times_seen[n]) {
            used += (size_t)sprintf(text + used, "%s[%d,%d,%.6f]", any ? "," : "", n, times_seen[n], first_seen[n]);
            any = 1;
        }
    used += (size_t)sprintf(text + used, "]}");
    int length = sprintf(head, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n", used);
    say(talk, head, (size_t)length);
    if (talk->fd >= 0) say(talk, text, used);
    free(text);
    memset(times_seen, 0, sizeof times_seen);
    arrived = connections = calls = 0, peak = in_flight;
}

static void note(const char *body, double began) {
    if (arrived < ARRIVALS) arrivals[arrived++] = began;
    const char *mark = strstr(body, "nr-");
    if (!mark) return;
    unsigned long number = strtoul(mark + 3, NULL, 10) % NUMBERS;
    if (!times_seen[number]++) first_seen[number] = began;
}

/* Takes the requests that are whole; stops at one whose answer has to wait. */
static void read_requests(struct talk *talk, long tick) {
    while (talk->fd >= 0 && talk->filled && !talk->owed) {
        talk->bytes[talk->filled] = 0;
        char *end = strstr(talk->bytes, "\r\n\r\n");
        if (!end) return;
        *end = 0;
        char *given = strcasestr(talk->bytes, "\r\ncontent-length:");
        int head = (int)(end - talk->bytes) + 4, whole = head + (given ? atoi(given + 17) : 0);
        *end = '\r';
        if (talk->filled < whole || whole > BUFFER) {
            if (whole > BUFFER) hang_up(talk);
            return;
        }
        char saved = talk->bytes[whole];
        talk->bytes[whole] = 0;
        int is_post = !strncmp(talk->bytes, "POST ", 5), delay = usual_delay;
        char *path = strchr(talk->bytes, ' ') + 1;
        int asks_stats = !strncmp(path, "/_stats", 7);
        if (!strncmp(path, "/d/", 3)) delay = atoi(path + 3);
        if (is_post) note(talk->bytes + head, talk->began);
        talk->bytes[whole] = saved;
        memmove(talk->bytes, talk->bytes + whole, (size_t)(talk->filled - whole));
        talk->filled -= whole;
        if (asks_stats) {
            tell(talk);
            continue;
        }
        calls++;
        talk->owed = 1, talk->is_read = !is_post;
        if (++in_flight > peak) peak = in_flight;
        long due = delay > 0 ? tick + delay + 1 : tick; /* a begun millisecond does not count */
        struct talk **slot = &wheel[(due < turned ? turned : due) % SLOTS];
        talk->next = *slot, *slot = talk;
    }
}

static void welcome(int listener) {
    int fd, yes = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        if (fd >= MOST_FDS) {
            close(fd);
            continue;
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        struct talk *talk = malloc(sizeof *talk);
        memset(talk, 0, offsetof(struct talk, bytes));
        talk->fd = fd, talks[fd] = talk;
        connections++;
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
        epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
    }
}

static void hear(struct talk *talk, long tick) {
    ssize_t got = read(talk->fd, talk->bytes + talk->filled, (size_t)(BUFFER - talk->filled));
    if (got <= 0) {
        if (!got || errno != EAGAIN) hang_up(talk);
        return;
    }
    if (!talk->filled) talk->began = now();
    talk->filled += (int)got;
    read_requests(talk, tick);
}

static void turn_wheel(long tick) {
    if (tick - turned > SLOTS) turned = tick - SLOTS;
    while (turned <= tick) {
        struct talk *talk = wheel[turned % SLOTS], *next;
        wheel[turned++ % SLOTS] = NULL;
        for (; talk; talk = next) {
            next = talk->next;
            in_flight--, talk->owed = 0;
            if (talk->fd < 0) {
                free(talk);
                continue;
            }
            answer(talk);
            read_requests(talk, tick);
        }
    }
    for (struct talk *next; graves; graves = next) {
        next = graves->next;
        free(graves);
    }
}

static int listen_somewhere(void) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof place;
    if (bind(listener, (void *)&place, size) || listen(listener, 8192)) {
        perror("fakeplatform");
        exit(1);
    }
    getsockname(listener, (void *)&place, &size);
    printf("http://127.0.0.1:%d\n", ntohs(place.sin_port));
    fflush(stdout);
    return listener;
}

int main(int count, char **words) {
    usual_delay = count > 1 ? atoi(words[1]) : 0;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    int listener = listen_somewhere();
    poller = epoll_create1(0);
    struct epoll_event ask = {.events = EPOLLIN, .data.fd = listener}, events[512];
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &ask);
    ask.data.fd = STDIN_FILENO;
    epoll_ctl(poller, EPOLL_CTL_ADD, STDIN_FILENO, &ask);
    turned = (long)(now() * 1000);
    for (;;) {
        int happened = epoll_wait(poller, events, 512, in_flight ? 1 : 1000);
        long tick = (long)(now() * 1000);
        for (int i = 0; i < happened; i++) {
            int fd = events[i].data.fd;
            char nothing[64];
            if (fd == listener) welcome(listener);
            else if (fd == STDIN_FILENO) {
                if (read(fd, nothing, sizeof nothing) <= 0) return 0; /* it cannot outlive a killed bench */
            } else if (talks[fd]) hear(talks[fd], tick);
        }
        turn_wheel(tick);
    }
}
