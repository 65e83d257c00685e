/* The toy's adapter with one misbehaviour, chosen when it is compiled: -DMISBEHAVE=SEGFAULT and so
 * on. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define tcprove_open open_toy
#include "example/toy_adapter.c"
#undef tcprove_open

enum misbehaviour {
  /* When it is made. */
  NULL_TABLE,
  CRASH_IN_OPEN,
  ABORT_IN_OPEN,
  EXIT_IN_OPEN,
  LOOP_IN_OPEN,
  OTHER_ABI,
  SHORT_TABLE,
  MADE_UP_CLAIM,
  NULL_DELIVER,
  CLAIM_WITHOUT_FUNCTION,
  /* When the user closes. */
  SEGFAULT,
  ABORT,
  EXIT_0,
  LOOP,
  LEAK_FILES,
  EAT_MEMORY,
  PRINT_FOR_EVER,
  CLOSE_ALL_FILES,
  FORK_AND_CRASH,
  IGNORE_SIGTERM,
  LIE_ABOUT_LENGTH,
  LIE_ABOUT_TIME,
  LIE_ABOUT_STATUS,
  EMIT_NOTHING,
  EMIT_TOO_MUCH,
  EMIT_WITHOUT_END,
  SAY_WHY
};

static const struct tcprove_host* the_host;
static const enum misbehaviour kHow = MISBEHAVE;
static uint8_t zeros[100000];

static void loop(void) {
  for (volatile int on = 1; on;) {
  }
}

static void eat_memory(void) {
  for (;;) {
    if (malloc(1 << 20) == NULL) abort();
  }
}

static void fork_and_crash(void) {
  if (fork() == 0) {
    for (;;) pause(); /* It holds all files that its parent held. */
  }
  raise(SIGSEGV);
}

static int close_badly(struct tcprove_answer* answer) {
  switch (kHow) {
    case SEGFAULT:
      raise(SIGSEGV);
      break;
    case ABORT:
      fputs("the toy gives up\n", stderr);
      abort();
    case EXIT_0:
      exit(0);
    case LOOP:
      loop();
      break;
    case LEAK_FILES:
      while (open("/dev/null", O_RDONLY) >= 0) {
      }
      break;
    case EAT_MEMORY:
      eat_memory();
      break;
    case PRINT_FOR_EVER:
      for (;;) puts("the toy talks");
    case CLOSE_ALL_FILES:
      for (int i = 0; i < 1024; ++i) close(i);
      loop();
      break;
    case FORK_AND_CRASH:
      fork_and_crash();
      break;
    case IGNORE_SIGTERM:
      signal(SIGTERM, SIG_IGN);
      loop();
      break;
    case LIE_ABOUT_TIME:
      the_host->emit(the_host->context, UINT64_MAX, zeros, 40);
      break;
    case LIE_ABOUT_STATUS:
      return 57;
    case EMIT_NOTHING:
      the_host->emit(the_host->context, the_toy.now_ns, NULL, 40);
      break;
    case EMIT_TOO_MUCH:
      the_host->emit(the_host->context, the_toy.now_ns, zeros, sizeof zeros);
      break;
    case EMIT_WITHOUT_END:
      for (;;) the_host->emit(the_host->context, the_toy.now_ns, zeros, 40);
    case SAY_WHY:
      the_host->fail(the_host->context, "the toy is broken");
      break;
    default:
      answer->octets = 0;
  }
  return TCPROVE_OK;
}

static int hostile_call(void* stack, const struct tcprove_call* asked,
                        struct tcprove_answer* answer) {
  const int status = call(stack, asked, answer);
  if (asked->kind == TCPROVE_SEND && kHow == LIE_ABOUT_LENGTH)
    answer->octets = asked->octet_count + 1000;
  return asked->kind == TCPROVE_CLOSE ? close_badly(answer) : status;
}

const struct tcprove_adapter* tcprove_open(const struct tcprove_host* host) {
  static struct tcprove_adapter table;
  the_host = host;
  table = *open_toy(host);
  table.call = hostile_call;
  switch (kHow) {
    case NULL_TABLE:
      return NULL;
    case CRASH_IN_OPEN:
      raise(SIGSEGV);
      break;
    case ABORT_IN_OPEN:
      abort();
    case EXIT_IN_OPEN:
      exit(0);
    case LOOP_IN_OPEN:
      loop();
      break;
    case OTHER_ABI:
      table.abi_version = 7;
      break;
    case SHORT_TABLE:
      table.struct_size = 16;
      break;
    case MADE_UP_CLAIM:
      table.capabilities = "ipv4 passive-opn";
      break;
    case NULL_DELIVER:
      table.deliver = NULL;
      break;
    case CLAIM_WITHOUT_FUNCTION:
      table.state = NULL;
      break;
    default:
      break;
  }
  return &table;
}
