/*
 * Records what a process writes to the files of a data directory, and when it is on disk, in the order in which it happens:
 * loaded by LD_PRELOAD, so that images of the disk at a power cut can be made of it. LMDB writes its data files by write,
 * pwrite and writev and reads them through a map that it never writes through, so all of it passes here. A data file is made
 * elsewhere, synced and then linked to its place: the link is recorded as one write of all that the file holds.
 *
 * POWER_CUT_DIR: the directory; POWER_CUT_LOG: where the records go. A record, little endian: u8 kind ('W' written, 'D' written
 * through a descriptor of O_DSYNC, 'S' synced, 'T' cut to a length), u8 file (0 events, 1 read models, 2 acknowledgements, 3 the note of the log's end),
 * u64 offset or length, u32 bytes, then the bytes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define NO_FILE 255

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static char names[4][PATH_MAX];
static int log_fd = -1;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off64_t);
static int (*real_link)(const char *, const char *);

__attribute__((constructor)) static void begin(void) {
  const char *directory = getenv("POWER_CUT_DIR");
  const char *log = getenv("POWER_CUT_LOG");
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_writev = dlsym(RTLD_NEXT, "writev");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_link = dlsym(RTLD_NEXT, "link");
  if (!directory || !log) return;
  snprintf(names[0], PATH_MAX, "%s/events/data.mdb", directory);
  snprintf(names[1], PATH_MAX, "%s/read-models/data.mdb", directory);
  snprintf(names[2], PATH_MAX, "%s/acknowledged", directory);
  snprintf(names[3], PATH_MAX, "%s/log-end", directory);
  log_fd = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
}

static uint8_t file_of(int fd) {
  char link[64], path[PATH_MAX];
  if (log_fd < 0 || fd == log_fd) return NO_FILE;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return NO_FILE;
  path[length] = 0;
  for (uint8_t file = 0; file < 4; file++)
    if (strcmp(path, names[file]) == 0) return file;
  return NO_FILE;
}

/* Called with `turn` held, so that records stand in the order of what they tell. */
static void note(uint8_t kind, uint8_t file, uint64_t offset, const struct iovec *parts, int count, size_t bytes) {
  uint8_t head[14] = {kind, file};
  uint32_t length = bytes;
  memcpy(head + 2, &offset, 8);
  memcpy(head + 10, &length, 4);
  if (real_write(log_fd, head, sizeof head) != sizeof head) abort();
  for (int part = 0; part < count && bytes > 0; part++) {
    size_t some = parts[part].iov_len < bytes ? parts[part].iov_len : bytes;
    const char *from = parts[part].iov_base;
    for (size_t done = 0; done < some;) {
      ssize_t wrote = real_write(log_fd, from + done, some - done);
      if (wrote <= 0) abort();
      done += wrote;
    }
    bytes -= some;
  }
}

static uint8_t kind_of(int fd) { return fcntl(fd, F_GETFL) & O_DSYNC ? 'D' : 'W'; }

/* Where a write without an offset of its own begins. */
static uint64_t place_of(int fd) {
  off64_t at = lseek64(fd, 0, SEEK_CUR);
  return at < 0 ? 0 : (uint64_t)at;
}

static ssize_t written(int fd, const struct iovec *parts, int count, ssize_t (*go)(int, const struct iovec *, int, off64_t),
                       off64_t offset, int has_offset) {
  uint8_t file = file_of(fd);
  if (file == NO_FILE) return go(fd, parts, count, offset);
  pthread_mutex_lock(&turn);
  uint64_t at = has_offset ? (uint64_t)offset : place_of(fd);
  ssize_t wrote = go(fd, parts, count, offset);
  if (wrote > 0) note(kind_of(fd), file, at, parts, count, (size_t)wrote);
  pthread_mutex_unlock(&turn);
  return wrote;
}

static ssize_t go_write(int fd, const struct iovec *parts, int count, off64_t offset) {
  return count == 1 ? real_write(fd, parts[0].iov_base, parts[0].iov_len) : real_writev(fd, parts, count);
}

static ssize_t go_pwrite(int fd, const struct iovec *parts, int count, off64_t offset) {
  return real_pwrite(fd, parts[0].iov_base, parts[0].iov_len, offset);
}

ssize_t write(int fd, const void *bytes, size_t length) {
  struct iovec part = {(void *)bytes, length};
  return written(fd, &part, 1, go_write, 0, 0);
}

ssize_t writev(int fd, const struct iovec *parts, int count) { return written(fd, parts, count, go_write, 0, 0); }

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  struct iovec part = {(void *)bytes, length};
  return written(fd, &part, 1, go_pwrite, offset, 1);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite64(fd, bytes, length, offset); }

static int synced(int fd, int (*go)(int)) {
  uint8_t file = file_of(fd);
  if (file == NO_FILE) return go(fd);
  pthread_mutex_lock(&turn);
  int result = go(fd);
  if (result == 0) note('S', file, 0, NULL, 0, 0);
  pthread_mutex_unlock(&turn);
  return result;
}

int fsync(int fd) { return synced(fd, real_fsync); }

int fdatasync(int fd) { return synced(fd, real_fdatasync); }

int ftruncate64(int fd, off64_t length) {
  uint8_t file = file_of(fd);
  if (file == NO_FILE) return real_ftruncate(fd, length);
  pthread_mutex_lock(&turn);
  int result = real_ftruncate(fd, length);
  if (result == 0) note('T', file, (uint64_t)length, NULL, 0, 0);
  pthread_mutex_unlock(&turn);
  return result;
}

int link(const char *from, const char *to) {
  uint8_t file = NO_FILE;
  for (uint8_t each = 0; each < 3 && log_fd >= 0; each++)
    if (strcmp(to, names[each]) == 0) file = each;
  if (file == NO_FILE) return real_link(from, to);
  static char bytes[1 << 20];
  pthread_mutex_lock(&turn);
  int fd = open(from, O_RDONLY | O_CLOEXEC);
  ssize_t length = fd < 0 ? -1 : read(fd, bytes, sizeof bytes);
  if (length <= 0 || length == sizeof bytes) abort();
  close(fd);
  int result = real_link(from, to);
  struct iovec part = {bytes, (size_t)length};
  if (result == 0) note('D', file, 0, &part, 1, (size_t)length);
  pthread_mutex_unlock(&turn);
  return result;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }
