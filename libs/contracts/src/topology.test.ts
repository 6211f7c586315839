import { describe, expect, it } from '@jest/globals';
import { limits } from './limits.ts';
import { stageNames } from './scalars.ts';
import { allTopics, deadLetterTopic, stageTopics, topics } from './topology.ts';

describe('the topology', () => {
  it('gives every topic a name of its own, a writer and a reader', () => {
    expect(new Set(allTopics.map(({ name }) => name)).size).toBe(allTopics.length);
    for (const { name, writers, readers } of allTopics) {
      expect([name, writers.length > 0, readers.length > 0]).toEqual([name, true, true]);
    }
  });

  it('says of each stage what the stage says of its topics', () => {
    for (const stage of stageNames) {
      const { input, output } = stageTopics[stage];
      expect(input.readers).toEqual([stage]);
      expect(output.writers).toContain(stage);
      expect(topics.indexed.writers).toContain(stage);
      expect(deadLetterTopic(stage).writers).toEqual([stage, 'cli']);
    }
  });

  it('chains outputs to inputs, in the order of the stages', () => {
    const chain = stageNames.map((stage) => stageTopics[stage]);
    chain.slice(1).forEach(({ input }, index) => expect(input).toBe(chain[index]?.output));
    expect(chain[0]?.input.writers).toEqual(['scraper']);
  });

  it('keeps an article on the same partition from topic to topic', () => {
    expect(new Set(Object.values(topics).map(({ partitions }) => partitions)).size).toBe(1);
  });

  it('has dead letters that take whatever a topic takes, with what is added to it', () => {
    const largest = Math.max(...Object.values(topics).map(({ maxMessageBytes }) => maxMessageBytes));
    for (const stage of stageNames)
      expect(deadLetterTopic(stage).maxMessageBytes).toBeGreaterThanOrEqual(largest + 1024 * 1024);
  });

  it('takes the largest content in its longest form of JSON', () => {
    const control = JSON.stringify('\u0001').length - 2;
    expect(topics.scraped.maxMessageBytes).toBeGreaterThan(limits.contentBytes * control);
  });

  it('keeps receipts and dead letters as long as what they speak of', () => {
    for (const topic of [topics.indexed, ...stageNames.map(deadLetterTopic)])
      expect(topic.retentionMs).toBeGreaterThanOrEqual(topics.scraped.retentionMs);
  });
});
