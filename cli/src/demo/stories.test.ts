import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseMessage, type Outcome } from '@wirefold/contracts';
import { decideVersion, incomingContract, prepare, type Incoming, type KnownVersion } from '@wirefold/ingest';
import { demoMessages } from './demo-messages.ts';

const folder = join(import.meta.dirname, '../../stories');
const names = readdirSync(folder).toSorted();
const bytesOf = (name: string): Buffer => readFileSync(join(folder, name));
const read = (name: string): Incoming => {
  const parsed = parseMessage<Incoming>(incomingContract, bytesOf(name));
  if ('problem' in parsed) throw new Error(`${name}: ${parsed.problem.message}`);
  return parsed.value;
};
const prepareStory = (name: string, position: number) => {
  const article = read(name);
  return prepare({
    article,
    key: article.uri,
    origin: `stories/0/${position}@0`,
    timestampMs: Date.UTC(2026, 10, 16),
  });
};
const stories = names.filter((name) => name.endsWith('.json'));
const articles = stories.map((name, position) => prepareStory(name, position).article);

/** How each file ends when all are published in their order to an empty pipeline, by what ingest decides. */
function outcomesInOrder(): Record<string, Outcome> {
  const known = new Map<string, KnownVersion>();
  const outcomes: Record<string, Outcome> = {};
  for (const [position, name] of names.entries()) {
    if ('problem' in parseMessage<Incoming>(incomingContract, bytesOf(name))) {
      outcomes[name] = 'rejected';
      continue;
    }
    const { article, candidate } = prepareStory(name, position);
    const decision = decideVersion(known.get(article.uri), candidate);
    if (decision.kind === 'redelivered' || decision.kind === 'killed') {
      throw new Error(`${name}: taken for ${decision.kind}`);
    }
    if (decision.kind === 'newer') known.set(article.uri, decision.next);
    outcomes[name] = decision.kind === 'newer' ? 'indexed' : decision.kind;
  }
  return outcomes;
}

describe('sample stories', () => {
  it('are numbered without a gap, in the order in which they are published', () => {
    expect(names.map((name) => name.slice(0, 3))).toEqual(
      names.map((_name, index) => `${String(index + 1).padStart(2, '0')}-`),
    );
    expect(demoMessages(folder).map(({ uri }) => uri)).toEqual(
      names.map((name) => (name.endsWith('.json') ? read(name).uri : name)),
    );
  });

  it.each(stories)('%s keeps the contract and has text, a source and a date in November 2026', (name) => {
    const { article } = prepareStory(name, 0);
    expect(article.uri).toMatch(/^(https:\/\/[a-z0-9.-]+\.example\/|urn:newsml:example\.com:2026)/);
    expect(article.content?.length).toBeGreaterThan(400);
    expect(article.source?.name).toBeTruthy();
    expect(article.source?.domain ?? '.example').toMatch(/\.example$/);
    expect(article.publishedAt).toMatch(/^2026-11-/);
  });

  it('are in eight languages or more', () => {
    const languages = new Set(articles.flatMap(({ language }) => language?.split('-')[0] ?? []));
    expect(languages).toEqual(new Set(['ar', 'de', 'en', 'es', 'fr', 'pt', 'ru', 'uk', 'vi', 'zh']));
  });

  it('have one poison file, which is JSON cut short', () => {
    const poison = names.filter((name) => !name.endsWith('.json'));
    expect(poison).toEqual(['12-poison.txt']);
    expect(parseMessage<Incoming>(incomingContract, bytesOf('12-poison.txt'))).toMatchObject({
      problem: { reason: 'malformed-json' },
    });
  });

  it('end as the demo says, when published in their order', () => {
    const others = Object.fromEntries(stories.map((name): [string, Outcome] => [name, 'indexed']));
    expect(outcomesInOrder()).toEqual({
      ...others,
      '12-poison.txt': 'rejected',
      '15-flood-first-version-late.json': 'stale',
      '16-flood-update-repeated.json': 'unchanged',
    });
  });

  it('repeat an update to the byte, and the version before it', () => {
    expect(bytesOf('16-flood-update-repeated.json')).toEqual(bytesOf('14-flood-update.json'));
    expect(bytesOf('15-flood-first-version-late.json')).toEqual(bytesOf('13-flood-first-version.json'));
  });

  it('have a copy of a wire story: another outlet and headline, the same paragraphs without the tail', () => {
    const [original, copy] = [
      '10-stranded-ship-wire-story.json',
      '11-stranded-ship-copy-at-another-outlet.json',
    ].map((name) => prepareStory(name, 0).article);
    expect(copy?.uri).not.toBe(original?.uri);
    expect(copy?.source?.domain).not.toBe(original?.source?.domain);
    expect(copy?.title).not.toBe(original?.title);
    const paragraphs = original?.content?.trim().split('\n\n') ?? [];
    const carried = paragraphs.map((paragraph) => copy?.content?.includes(paragraph));
    expect(carried).toEqual([true, true, true, true, false, false]);
  });

  it('have one story under an embargo that outlasts the demo', () => {
    const embargoed = articles.flatMap(({ embargoedUntil }) => embargoedUntil?.slice(0, 4) ?? []);
    expect(embargoed).toEqual(['2099']);
  });

  it('have one plain text without title and language, which the pipeline has to tell', () => {
    const bare = articles.filter(
      ({ contentType, title }) => contentType === 'text/plain' && title === undefined,
    );
    expect(
      bare.map(({ language, content }) => [language, content?.startsWith('Erste Wasserstofffähre')]),
    ).toEqual([[undefined, true]]);
  });
});
