import { describe, expect, it } from '@jest/globals';
import { pickBinary } from './redis-engine.ts';

describe('pickBinary', () => {
  const names = [
    'redis-server-5.0.14.1-windows-amd64.exe',
    'redis-server-6.2.6-v5-darwin-amd64',
    'redis-server-6.2.6-v5-darwin-arm64',
    'redis-server-6.2.6-v5-linux-amd64',
    'redis-server-6.2.7-linux-386',
    'redis-server-6.2.7-linux-arm64',
  ];

  it.each([
    ['linux', 'x64', 'redis-server-6.2.6-v5-linux-amd64'],
    ['linux', 'arm64', 'redis-server-6.2.7-linux-arm64'],
    ['darwin', 'arm64', 'redis-server-6.2.6-v5-darwin-arm64'],
    ['linux', 'riscv64', undefined],
    ['freebsd', 'x64', undefined],
  ])('on %s %s', (platform, arch, expected) => {
    expect(pickBinary(names, platform, arch)).toBe(expected);
  });
});
