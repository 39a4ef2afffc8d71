/* sanitized.h: whether this is a build with sanitizers, which reserve terabytes of address space and write reports. */
#ifndef DABIAO_BULK_SANITIZED_H
#define DABIAO_BULK_SANITIZED_H

#if defined(__SANITIZE_ADDRESS__)
#define DAB_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DAB_SANITIZED 1
#endif
#endif
#ifndef DAB_SANITIZED
#define DAB_SANITIZED 0
#endif

#endif
