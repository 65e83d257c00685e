#pragma once

#include <stdio.h>
#include <stdlib.h>

/* What lwip/sys.h wants to know where SYS_LIGHTWEIGHT_PROT is on and NO_SYS too. */
typedef int sys_prot_t;

#define LWIP_RAND() ((u32_t)rand())
