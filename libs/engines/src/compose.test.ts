import { describe, expect, it } from '@jest/globals';
import { findDocker, projectName } from './compose.ts';

describe('projectName', () => {
  it.each([
    ['/repo/.local/run/default', 'wirefold-default'],
    ['/repo/.local/run/My Test (2)', 'wirefold-my-test-2'],
    ['/repo/.local/run/…', 'wirefold'],
  ])('of %j is %j', (directory, name) => {
    expect(projectName(directory)).toBe(name);
  });
});

describe('findDocker', () => {
  it('says that there is no docker command', async () => {
    const found = await findDocker(import.meta.dirname, { PATH: '/nowhere' });
    expect(found).toEqual({ usable: false, detail: 'there is no docker command' });
  });
});
