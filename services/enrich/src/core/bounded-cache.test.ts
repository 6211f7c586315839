import { describe, expect, it } from '@jest/globals';
import { createBoundedCache } from './bounded-cache.ts';

describe('createBoundedCache', () => {
  it('makes a value once and forgets what was not asked for the longest', () => {
    const made: string[] = [];
    const get = createBoundedCache(2, (key) => {
      made.push(key);
      return key.toUpperCase();
    });
    expect(['a', 'b', 'a', 'c', 'a', 'b'].map(get)).toEqual(['A', 'B', 'A', 'C', 'A', 'B']);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });
});
