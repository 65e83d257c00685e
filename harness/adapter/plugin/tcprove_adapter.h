#pragma once
/* How tcprove judges a TCP stack that it was not built with. This page is all that you need.
 *
 * Put this file's one function, tcprove_open(), around your stack, in C99 or anything that speaks
 * C, and build both into one shared object:  cc -shared -fPIC -o mystack.so mystack.c my_adapter.c
 *   tcprove smoke --target ./mystack.so   what works, what is missing, what to do next
 *   tcprove run --target ./mystack.so     every scenario that your stack can play
 * A whole adapter around a toy stack: example/toy_adapter.c. The guide: ../README.md.
 *
 * Order: tcprove_open() once, then reset(), then any of the others in any order, with a reset()
 * before each scenario; close() last, or not at all where the process is killed. All from one
 * thread, and never while another of them, or emit(), is under way.
 *
 * Memory: whoever passes a pointer owns what it points to. It is valid until the call returns; the
 * table that you answer, its strings, and `host` are valid until close() returns.
 *
 * Time: nothing sleeps. The stack's clock is at 0 after reset() and is moved by advance() alone.
 * All times are nanoseconds; whatever you emit carries its instant on that clock.
 *
 * Settled: before deliver() and call() return, the stack has done and emitted all that it does
 * without time passing; else it is done in settle().
 *
 * Repeated: the same calls after reset() with the same seed emit the same octets at the same
 * instants.
 *
 * Errors: a stack's answers are tcprove_status. What the adapter itself cannot do is told by
 * reset() or host->fail(): that scenario's verdict is then `error`, with your words.
 *
 * Crashes: the stack runs in a process of its own, with limits of time and memory: a crash, an
 * exit() or an endless loop costs one scenario, and what was printed is shown with it.
 *
 * Versions: abi_version changes when something here changes its meaning; structs grow at their
 * ends only, so that struct_size tells what an older one holds.
 */
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TCPROVE_ABI_VERSION 1u
#define TCPROVE_NO_HANDLE 0u       /* No handle of yours is 0. */
#define TCPROVE_NO_TIMER (-1)      /* next_deadline(): no timer is set. */
#define TCPROVE_STATE_UNKNOWN (-1) /* state(): the adapter cannot tell. */

/* clang-format off */
enum tcprove_state { /* RFC 9293 section 3.3.2 */
  TCPROVE_CLOSED, TCPROVE_LISTEN, TCPROVE_SYN_SENT, TCPROVE_SYN_RECEIVED, TCPROVE_ESTABLISHED, TCPROVE_FIN_WAIT_1,
  TCPROVE_FIN_WAIT_2, TCPROVE_CLOSE_WAIT, TCPROVE_CLOSING, TCPROVE_LAST_ACK, TCPROVE_TIME_WAIT
};
enum tcprove_call_kind { /* The user's calls, section 3.9.1; none of them blocks. */
  TCPROVE_LISTEN_CALL, /* Passive OPEN on local.port; answers a handle. */
  TCPROVE_ACCEPT,      /* The next connection of the listener `handle`; answers its handle and peer. */
  TCPROVE_CONNECT,     /* Active OPEN from local (port 0: you choose) to peer; answers a handle. */
  TCPROVE_SEND,        /* Hands over `octets`; answers how many were taken. */
  TCPROVE_RECEIVE,     /* Fills `buffer`; answers how many octets were put there, never 0 with OK. */
  TCPROVE_SHUTDOWN,    /* FIN after what is queued; receiving goes on. */
  TCPROVE_CLOSE,       /* As shutdown, and nothing more is received; the handle is gone. */
  TCPROVE_ABORT,       /* RST; the handle is gone. */
  TCPROVE_SET,         /* `option` to `value`; with no handle: on what is opened from now on. */
  TCPROVE_REPORT,      /* The oldest report that the user was given unasked and has not taken. */
  TCPROVE_URGENT       /* Are urgent octets still to be received? OK or WOULD_BLOCK. */
};
enum tcprove_status {
  TCPROVE_OK,
  TCPROVE_WOULD_BLOCK,       /* Nothing to accept or receive, no room to send. */
  TCPROVE_END_OF_STREAM,     /* All octets before the peer's FIN were received. */
  TCPROVE_RESET, TCPROVE_REFUSED, TCPROVE_TIMED_OUT, /* Why the connection is no more. */
  TCPROVE_IS_CLOSING,        /* SEND after SHUTDOWN or CLOSE. */
  TCPROVE_NO_CONNECTION, TCPROVE_INSUFFICIENT_RESOURCES, TCPROVE_INVALID_ARGUMENT,
  TCPROVE_UNSUPPORTED        /* A call or option that you do not offer or do not know. */
};
enum tcprove_option { /* SWITCH: 0 or 1. Times in ns. */
  TCPROVE_NO_DELAY /* SWITCH */, TCPROVE_KEEP_ALIVE /* SWITCH */, TCPROVE_KEEP_ALIVE_INTERVAL /* ns */,
  TCPROVE_USER_TIMEOUT /* ns, 0: never */, TCPROVE_DSCP, TCPROVE_TTL, TCPROVE_ERROR_REPORTS /* SWITCH */,
  TCPROVE_ECN /* SWITCH */, TCPROVE_KEEP_ALIVE_OCTET /* SWITCH */,
  TCPROVE_SOURCE_ROUTE /* An IPv4 address, its first octet highest. */
};
enum tcprove_report { TCPROVE_ICMP_ERROR, TCPROVE_EXCESSIVE_RETRANSMISSION, TCPROVE_URGENT_DATA };
/* clang-format on */

struct tcprove_endpoint {
  uint8_t address[16]; /* In network order; IPv4 fills the first four octets. */
  uint16_t port;       /* A number: 80 is 80. */
  uint8_t ip;          /* 4 or 6. */
};

struct tcprove_reset {
  uint64_t seed; /* All that is random comes from it, where the stack allows that. */
  struct tcprove_endpoint stack; /* The stack's one address; port 0. */
  struct tcprove_endpoint peer;  /* Ours, on the same link; port 0. */
};

struct tcprove_call {
  uint32_t kind;   /* tcprove_call_kind. Which of the rest has a meaning is said there. */
  uint32_t handle; /* Yours, from listen, accept or connect; not given twice between two resets. */
  struct tcprove_endpoint local, peer;
  const uint8_t* octets;
  size_t octet_count;
  uint8_t* buffer;
  size_t buffer_size;
  uint32_t urgent; /* send: the last of `octets` ends urgent data. */
  uint32_t option; /* tcprove_option. */
  int64_t value;
};

struct tcprove_answer { /* All zero when call() gets it. */
  size_t octets;
  struct tcprove_endpoint peer;
  uint32_t handle;
  uint32_t report; /* tcprove_report. */
};

/* What tcprove offers you. */
struct tcprove_host {
  uint32_t struct_size, abi_version;
  void* context; /* First argument of both functions. */
  /* The stack sent one IP packet, of this or an earlier instant, not before the last one emitted.
   */
  void (*emit)(void* context, uint64_t at_ns, const uint8_t* packet, size_t octets);
  /* You can do no more until the next reset(). */
  void (*fail)(void* context, const char* why);
};

/* What you offer tcprove. A null function stands for what its line says. */
struct tcprove_adapter {
  uint32_t struct_size, abi_version; /* sizeof(struct tcprove_adapter), TCPROVE_ABI_VERSION. */
  const char *name, *version;        /* The stack's own, for reports. */
  const char* capabilities; /* Words with blanks between, as in `passive-open user-send ipv4`: the
                               truth, as scenarios that need more are `unsupported` and those that
                               need no more fail where a claim is false. All: ../README.md. */
  uint64_t msl_ns, initial_rto_ns, delayed_ack_max_ns; /* 0: 2 min, 1 s, 500 ms. */
  void* stack;                                         /* First argument of all functions. */

  /* A pristine stack, its clock at 0. Answers null, or why it cannot be had. */
  const char* (*reset)(void* stack, const struct tcprove_reset* how);
  void (*deliver)(void* stack, const uint8_t* packet,
                  size_t octets); /* One IP packet, any octets. */
  int (*call)(void* stack, const struct tcprove_call* call, struct tcprove_answer* answer);
  void (*advance)(void* stack, uint64_t ns); /* Each timer due fires at its own instant. */
  void (*settle)(void* stack);           /* Null: deliver(), call() and advance() have settled. */
  int64_t (*next_deadline)(void* stack); /* ns until the next timer fires. Null: cannot tell. */
  /* Also of a connection that was closed; with peer->port 0, whether somebody listens. Null: no
     introspection. */
  int (*state)(void* stack, const struct tcprove_endpoint* local,
               const struct tcprove_endpoint* peer);
  void (*set_iss)(void* stack, uint32_t iss); /* Of what is opened from now on. Null: no set-iss. */
  void (*close)(void* stack);                 /* Null: nothing to free. */
};

/* Makes the stack. Null: it cannot be made; tell why by host->fail(). */
const struct tcprove_adapter* tcprove_open(const struct tcprove_host* host);

#ifdef __cplusplus
}
#endif
