import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { elasticsearchEngine } from '../../libs/engines/src/elasticsearch-engine.ts';
import { startEmbeddedEngine } from '../../libs/engines/src/embedded-engine.ts';
import {
  type EngineEvent,
  type EngineProcess,
  type Engines,
  EngineStartFailed,
  startEngines,
} from '../../libs/engines/src/index.ts';
import { findJdk } from '../../libs/engines/src/jdk.ts';
import { kafkaEngine } from '../../libs/engines/src/kafka-engine.ts';
import { provision } from '../../libs/engines/src/provision.ts';
import { redisEngine } from '../../libs/engines/src/redis-engine.ts';

// Whatever engines the environment names: these tests are about those that are started here.
const environment: Record<string, string | undefined> = {
  ...process.env,
  KAFKA_BROKERS: '',
  ELASTICSEARCH_URL: '',
  REDIS_URL: '',
};
const root = join(import.meta.dirname, '../..');
// The first start on a machine fetches the engines from Maven Central.
const FIRST_START_MS = 15 * 60_000;

/** What the tests read of Elasticsearch's answers. */
interface Answer {
  count?: number;
  hits?: { hits: { _source: { title: string } }[] };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function untilGone(pids: readonly number[], limitMs: number): Promise<number[]> {
  const deadline = Date.now() + limitMs;
  while (pids.some(isRunning) && Date.now() < deadline) await delay(50);
  return pids.filter(isRunning);
}

/** The command lines of all processes, supervisors too, that run on a directory. */
async function processesOf(directory: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'args=']);
  return stdout.split('\n').filter((commandLine) => commandLine.includes(directory));
}

async function redisCommand(url: string, command: string): Promise<string> {
  const socket = createConnection({ host: new URL(url).hostname, port: Number(new URL(url).port) });
  socket.write(`${command}\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return answer.toString();
}

describe('the embedded engines', () => {
  let directory: string;
  let engines: Engines;
  const events: EngineEvent[] = [];
  const running = () => Object.values(engines.processes ?? {});
  const kafkaProcess = () => engines.processes?.kafka as EngineProcess;
  const start = (keepData: boolean) =>
    startEngines({
      environment,
      root,
      directory,
      keepData,
      only: 'embedded',
      onProgress: (event) => events.push(event),
    });

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'wirefold-engines-'));
    engines = await start(true);
  }, FIRST_START_MS);
  afterAll(async () => {
    await engines.stop();
    await rm(directory, { recursive: true, force: true });
  }, 60_000);

  const kafka = () =>
    new Kafka({
      brokers: engines.kafkaBrokers,
      logLevel: logLevel.NOTHING,
      retry: { initialRetryTime: 100, retries: 30, maxRetryTime: 500 },
    });

  async function elasticsearch(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: Answer }> {
    const response = await fetch(`${engines.elasticsearchUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: (await response.json()) as Answer };
  }

  async function topicNames(): Promise<string[]> {
    const admin = kafka().admin();
    await admin.connect();
    const names = await admin.listTopics();
    await admin.disconnect();
    return names;
  }

  async function messages(topic: string, count: number): Promise<string[]> {
    const consumer = kafka().consumer({ groupId: `read-${topic}` });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    const read: string[] = [];
    await new Promise<void>((resolve, reject) => {
      consumer
        .run({
          eachMessage: async ({ message }) => {
            read.push(String(message.value));
            if (read.length >= count) resolve();
          },
        })
        .catch(reject);
    });
    await consumer.disconnect();
    return read;
  }

  it('report their way to readiness', () => {
    expect(engines.kind).toBe('embedded');
    const ready = events.filter(({ phase }) => phase === 'ready').map(({ engine }) => engine);
    expect(ready.toSorted()).toEqual(['elasticsearch', 'kafka', 'redis']);
    expect(events.every(({ elapsedMs }) => Number.isInteger(elapsedMs) && elapsedMs >= 0)).toBe(true);
  });

  it('have an Elasticsearch with language analyzers and the filters of a template', async () => {
    const created = await elasticsearch('PUT', '/stories', {
      settings: {
        number_of_replicas: 0,
        analysis: {
          filter: { prefixes: { type: 'edge_ngram', min_gram: 1, max_gram: 20 } },
          normalizer: { folded: { type: 'custom', filter: ['lowercase', 'asciifolding'] } },
          analyzer: {
            prefixes: {
              type: 'custom',
              tokenizer: 'standard',
              filter: ['lowercase', 'asciifolding', 'prefixes'],
            },
            every_word: { type: 'german', stopwords: '_none_' },
          },
        },
      },
      mappings: {
        properties: {
          title: {
            type: 'text',
            analyzer: 'standard',
            fields: {
              de: { type: 'text', analyzer: 'german' },
              en: { type: 'text', analyzer: 'english' },
              every_word: { type: 'text', analyzer: 'every_word' },
              prefixes: { type: 'text', analyzer: 'prefixes', search_analyzer: 'standard' },
            },
          },
          place: { type: 'keyword', normalizer: 'folded' },
        },
      },
    });
    expect(created).toEqual({
      status: 200,
      json: { acknowledged: true, shards_acknowledged: true, index: 'stories' },
    });
    await elasticsearch('PUT', '/stories/_doc/1', { title: 'Die Häuser der Städte', place: 'Málaga' });
    await elasticsearch('PUT', '/stories/_doc/2?refresh=true', {
      title: 'The running of horses',
      place: 'Oslo',
    });

    const titles = async (query: unknown) => {
      const { json } = await elasticsearch('POST', '/stories/_search', { query });
      return json.hits?.hits.map((hit) => hit['_source'].title);
    };
    expect(await titles({ match: { 'title.de': 'Haus' } })).toEqual(['Die Häuser der Städte']);
    expect(await titles({ match: { 'title.en': 'horse' } })).toEqual(['The running of horses']);
    expect(await titles({ match: { title: 'Haus horse' } })).toEqual([]);
    expect(await titles({ match: { 'title.de': 'der' } })).toEqual([]);
    expect(await titles({ match: { 'title.every_word': 'der' } })).toEqual(['Die Häuser der Städte']);
    expect(await titles({ match: { 'title.prefixes': 'stad' } })).toEqual(['Die Häuser der Städte']);
    expect(await titles({ term: { place: 'MALAGA' } })).toEqual(['Die Häuser der Städte']);
  });

  it('have every language analyzer of the distribution', async () => {
    const languages =
      `arabic armenian basque bengali brazilian bulgarian catalan cjk czech danish dutch english estonian
      finnish french galician german greek hindi hungarian indonesian irish italian latvian lithuanian norwegian persian
      portuguese romanian russian serbian sorani spanish swedish thai turkish`.split(/\s+/);
    const missing: string[] = [];
    for (const analyzer of languages) {
      const { status } = await elasticsearch('POST', '/_analyze', { analyzer, text: 'Wirefold 1' });
      if (status !== 200) missing.push(analyzer);
    }
    expect(missing).toEqual([]);
  });

  it('have a Redis that evicts nothing', async () => {
    expect(await redisCommand(engines.redisUrl, 'PING')).toBe('+PONG\r\n');
    expect(await redisCommand(engines.redisUrl, 'CONFIG GET maxmemory-policy')).toContain('noeviction');
    expect(await redisCommand(engines.redisUrl, 'SET kept yes')).toBe('+OK\r\n');
  });

  it('have a Kafka that takes large messages and creates no topic by itself', async () => {
    const admin = kafka().admin();
    await admin.connect();
    const configEntries = [{ name: 'max.message.bytes', value: String(8 * 1024 * 1024) }];
    await admin.createTopics({ topics: [{ topic: 'stories', numPartitions: 2, configEntries }] });
    await expect(admin.fetchTopicMetadata({ topics: ['unheard-of'] })).rejects.toThrow(
      'This server does not host this topic-partition',
    );
    await admin.disconnect();
    expect((await topicNames()).filter((name) => !name.startsWith('__'))).toEqual(['stories']);

    const producer = kafka().producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    await producer.send({
      topic: 'stories',
      acks: -1,
      messages: [{ key: 'a', value: 'x'.repeat(3_000_000) }],
    });
    await producer.disconnect();
    expect((await messages('stories', 1)).map((value) => value.length)).toEqual([3_000_000]);
  });

  it('can be crashed and restarted on the same port with their data', async () => {
    const before = kafkaProcess().pid;
    kafkaProcess().kill('SIGKILL');
    await untilGone([before], 5_000);
    await delay(200);
    expect(events.at(-1)).toMatchObject({ engine: 'kafka', phase: 'exited' });
    const address = engines.kafkaBrokers;
    await Promise.all([kafkaProcess().restart(), engines.processes?.redis?.restart()]);
    expect(kafkaProcess().pid).not.toBe(before);
    expect(engines.kafkaBrokers).toEqual(address);
    expect(await topicNames()).toContain('stories');
    expect(await redisCommand(engines.redisUrl, 'GET kept')).toContain('yes');
  }, 60_000);

  it('can be suspended, and restarted out of that', async () => {
    const redis = engines.processes?.redis as EngineProcess;
    redis.kill('SIGSTOP');
    const answered = await Promise.race([redisCommand(engines.redisUrl, 'PING'), delay(300, 'silence')]);
    expect(answered).toBe('silence');
    redis.kill('SIGCONT');
    expect(await redisCommand(engines.redisUrl, 'PING')).toBe('+PONG\r\n');
    redis.kill('SIGSTOP');
    await redis.restart();
    expect(await redisCommand(engines.redisUrl, 'PING')).toBe('+PONG\r\n');
  }, 60_000);

  it('refuse a second start on the same directory', async () => {
    await expect(start(true)).rejects.toThrow(
      new RegExp(`Engines already run on .* started by process ${process.pid}: stop that one`),
    );
  });

  it('keep data and ports for the next start, and leave no process when stopped', async () => {
    const pids = running().map(({ pid }) => pid);
    const addresses = [engines.kafkaBrokers, engines.elasticsearchUrl, engines.redisUrl];
    await engines.stop();
    expect(pids.filter(isRunning)).toEqual([]);
    expect(await processesOf(directory)).toEqual([]);

    engines = await start(true);
    expect([engines.kafkaBrokers, engines.elasticsearchUrl, engines.redisUrl]).toEqual(addresses);
    expect(await topicNames()).toContain('stories');
    expect((await elasticsearch('GET', '/stories/_count')).json.count).toBe(2);
    expect(await redisCommand(engines.redisUrl, 'GET kept')).toContain('yes');
  }, 120_000);

  it('start anew without data unless these are kept, and remove them in the end', async () => {
    await engines.stop();
    engines = await start(false);
    expect(await topicNames()).toEqual([]);
    expect((await elasticsearch('GET', '/_count')).json.count).toBe(0);
    await engines.stop();
    expect((await readdir(join(directory, 'kafka'))).toSorted()).not.toContain('data');
    expect(await readFile(join(directory, 'kafka', 'kafka.log'), 'utf8')).toContain('started');
  }, 120_000);

  it('say in the error how the log of one that fails ends', async () => {
    const failing = startEngines({
      environment: {
        ...environment,
        WIREFOLD_ELASTICSEARCH_HEAP_MB: '64',
        JAVA_TOOL_OPTIONS: '-XX:NoSuchOption',
      },
      root,
      directory,
      only: 'embedded',
      services: ['elasticsearch'],
      onProgress: () => undefined,
    });
    await expect(failing).rejects.toThrow(EngineStartFailed);
    await expect(failing).rejects.toThrow(/From .*elasticsearch\.log:[^]*NoSuchOption/);
  }, 60_000);

  it('stop when their start is aborted', async () => {
    const abort = new AbortController();
    const starting = startEngines({
      environment,
      root,
      directory,
      only: 'embedded',
      services: ['kafka', 'redis'],
      signal: abort.signal,
      onProgress: ({ engine, phase }) => {
        if (engine === 'redis' && phase === 'ready') abort.abort(new Error('enough'));
      },
    });
    await expect(starting).rejects.toThrow('enough');
    expect(await processesOf(directory)).toEqual([]);
  }, 60_000);
});

describe('an embedded engine whose port is taken at the last moment', () => {
  let directory: string;
  const blockers: Server[] = [];
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'wirefold-ports-'));
  });
  afterAll(async () => {
    for (const blocker of blockers) blocker.close();
    await rm(directory, { recursive: true, force: true });
  });

  it.each([kafkaEngine, elasticsearchEngine, redisEngine])(
    '($name) comes up on another one',
    async (definition) => {
      const { jdk } = await findJdk(environment);
      const home = await provision({
        root,
        engine: definition.name,
        javaHome: jdk?.home,
        environment,
        onProgress: () => undefined,
      });
      const messages: string[] = [];
      let taken: number | undefined;
      const engine = await startEmbeddedEngine({
        home,
        javaHome: jdk?.home,
        environment,
        directory: join(directory, definition.name),
        keepData: false,
        report: (_phase, message) => messages.push(message),
        definition: {
          ...definition,
          configure: async (context) => {
            if (taken === undefined) {
              taken = context.ports[0];
              const blocker = createServer().listen(taken, '127.0.0.1');
              await once(blocker, 'listening');
              blockers.push(blocker);
            }
            await definition.configure(context);
          },
        },
      });
      expect(engine.port).not.toBe(taken);
      expect(messages).toContain('its port was taken by another process: trying others');
      await engine.stop();
    },
    FIRST_START_MS,
  );
});

describe('a launcher that is killed', () => {
  let directory: string;
  let launcher: ChildProcess | undefined;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'wirefold-launcher-'));
  });
  afterEach(() => {
    launcher?.kill('SIGKILL');
  });
  afterAll(async () => {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  });

  async function launch(): Promise<number[]> {
    launcher = spawn(process.execPath, [join(import.meta.dirname, 'engines-launcher.ts'), root, directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...environment, NODE_OPTIONS: '' },
    });
    const lines = createInterface({ input: launcher.stdout as NodeJS.ReadableStream });
    const [line] = (await once(lines, 'line')) as [string];
    return JSON.parse(line) as number[];
  }

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    'by %s takes its engines with it within seconds',
    async (signal) => {
      const pids = await launch();
      expect(pids).toHaveLength(3);
      expect(pids.filter(isRunning)).toEqual(pids);
      launcher?.kill(signal);
      expect(await untilGone(pids, 10_000)).toEqual([]);
    },
    FIRST_START_MS,
  );

  it(
    'does so while an engine is suspended',
    async () => {
      const pids = await launch();
      const [first] = pids;
      if (first) process.kill(first, 'SIGSTOP');
      launcher?.kill('SIGKILL');
      expect(await untilGone(pids, 15_000)).toEqual([]);
    },
    FIRST_START_MS,
  );
});
