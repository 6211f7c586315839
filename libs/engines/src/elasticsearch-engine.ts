import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { megabytes } from './addresses.ts';
import type { EngineContext, EngineDefinition } from './engine-definition.ts';
import { probeElasticsearch } from './probes.ts';

/** One Elasticsearch node; infra/local's ElasticsearchNode says what it lacks of the distribution. */
export const elasticsearchEngine: EngineDefinition = {
  name: 'elasticsearch',
  portCount: 1,
  async configure(context) {
    const config = configDirectory(context);
    await Promise.all([config, temporaryDirectory(context)].map((path) => mkdir(path, { recursive: true })));
    await writeFile(join(config, 'elasticsearch.yml'), settings(context));
    await writeFile(join(config, 'log4j2.properties'), LOGGING);
  },
  launch(context) {
    const heapMb = megabytes(context.environment, 'WIREFOLD_ELASTICSEARCH_HEAP_MB', 512);
    return {
      command: join(context.javaHome ?? '', 'bin', 'java'),
      arguments: [
        `-Xms${heapMb}m`,
        `-Xmx${heapMb}m`,
        '-XX:+ExitOnOutOfMemoryError',
        '--add-modules=jdk.incubator.vector',
        '--enable-native-access=ALL-UNNAMED',
        '-Djava.awt.headless=true',
        '-Dlog4j2.disable.jmx=true',
        `-Djava.io.tmpdir=${temporaryDirectory(context)}`,
        '-cp',
        join(context.home, 'lib', '*'),
        'wirefold.local.ElasticsearchNode',
        context.home,
        configDirectory(context),
      ],
    };
  },
  probe: (port) => probeElasticsearch(`http://127.0.0.1:${port}`),
};

function configDirectory({ directory }: EngineContext): string {
  return join(directory, 'config');
}

function temporaryDirectory({ directory }: EngineContext): string {
  return join(directory, 'tmp');
}

function settings({ dataDirectory, directory, ports: [http] }: EngineContext): string {
  const entries: Record<string, string | number | boolean> = {
    'cluster.name': 'wirefold',
    'node.name': 'local',
    'path.data': dataDirectory,
    'path.logs': join(directory, 'logs'),
    'network.host': '127.0.0.1',
    'http.port': http ?? 0,
    // Nobody connects to it: any port.
    'transport.port': 0,
    'discovery.type': 'single-node',
    'transport.type': 'netty4',
    'http.type': 'netty4',
    // A developer's disk is fuller than a server's should be.
    'cluster.routing.allocation.disk.threshold_enabled': false,
  };
  // A JSON string is a YAML string.
  return Object.entries(entries)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join('');
}

const LOGGING = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %c{1.} %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
# The native library is not on Maven Central; its absence is no news.
logger.native.name = org.elasticsearch.nativeaccess
logger.native.level = error
`;
