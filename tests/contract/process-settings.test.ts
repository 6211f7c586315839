import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { processSettings } from '@wirefold/pipeline';

it('the image starts its process with the settings that the launcher has', () => {
  const dockerfile = readFileSync(join(import.meta.dirname, '../../infra/docker/Dockerfile'), 'utf8');
  const image = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  for (const [name, value] of Object.entries(processSettings)) expect(image).toContain(` ${name}=${value}`);
});
