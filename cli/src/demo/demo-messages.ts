import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { oneLine } from '../terminal.ts';
import type { Publication } from '../publish/publisher.ts';

/** A sample story, and what it is called in the demo. */
export interface DemoMessage extends Publication {
  readonly label: string;
}

/** Stories that come with Wirefold, in the order of their names. A `.txt` is published as it is: it is no article. */
export function demoMessages(folder: string): DemoMessage[] {
  return readdirSync(folder)
    .toSorted()
    .map((name) => {
      const bytes = readFileSync(join(folder, name));
      const label = basename(name, extname(name)).replace(/^\d+-/, '').replaceAll('-', ' ');
      if (extname(name) !== '.json') return { uri: name, value: bytes, label };
      const story = JSON.parse(bytes.toString('utf8')) as { uri: string; language?: string };
      return { uri: story.uri, value: Buffer.from(JSON.stringify(story)), label: oneLine(label, 40) };
    });
}
