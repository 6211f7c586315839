/**
 * Variables that a service's process is to be started with, as it can't set them itself: they keep its memory small. The image
 * has the same, see infra/docker/Dockerfile.
 */
export const processSettings = {
  /** Half of the heap's young generation at most, in MiB: V8 lets it grow to 64 under a backlog. */
  NODE_OPTIONS: '--max-semi-space-size=8',
  /** Arenas of the C library's allocator, by itself eight for each core: memory that one thread gave back others use. */
  MALLOC_ARENA_MAX: '2',
  /** Free memory at the end of an arena goes back from so many bytes on: by itself that threshold grows with what was freed. */
  MALLOC_TRIM_THRESHOLD_: '131072',
  /** Pieces from so many bytes on go back one by one, such as what V8's parser takes for a large module. */
  MALLOC_MMAP_THRESHOLD_: '32768',
} as const;
