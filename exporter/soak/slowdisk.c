/*
 * Makes the disk of a process slow: every fsync, and every write to a file other than standard output and error, takes so many
 * milliseconds more as the file named by SLOW_DISK says at the time. To be loaded before libc, with LD_PRELOAD.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite64)(int, const void *, size_t, off64_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);

__attribute__((constructor)) static void find(void) {
  real_write = REAL(write);
  real_pwrite64 = REAL(pwrite64);
  real_fsync = REAL(fsync);
  real_fdatasync = REAL(fdatasync);
}

static long milliseconds(void) {
  const char *file = getenv("SLOW_DISK");
  int fd = file ? open(file, O_RDONLY | O_CLOEXEC) : -1;
  if (fd < 0) {
    return 0;
  }
  char text[16] = {0};
  ssize_t length = read(fd, text, sizeof text - 1);
  close(fd);
  return length > 0 ? atol(text) : 0;
}

static void stall(int fd) {
  struct stat about;
  if (fd <= STDERR_FILENO || fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
    return;
  }
  long delay = milliseconds();
  struct timespec rest = {delay / 1000, delay % 1000 * 1000000};
  while (delay > 0 && nanosleep(&rest, &rest) != 0) {
  }
}

ssize_t write(int fd, const void *bytes, size_t count) {
  stall(fd);
  return real_write(fd, bytes, count);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  stall(fd);
  return real_pwrite64(fd, bytes, count, at);
}

int fsync(int fd) {
  stall(fd);
  return real_fsync(fd);
}

int fdatasync(int fd) {
  stall(fd);
  return real_fdatasync(fd);
}
