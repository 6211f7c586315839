/**
 * Imports go one way: contracts <- pipeline <- kafka, observability, redis <- folding, article-index, engines <- service <- services <- cli.
 * Tests may use all.
 */
const layers = {
  'libs/contracts': [],
  'libs/pipeline': ['libs/contracts'],
  'libs/article-index': ['libs/contracts'],
  'libs/engines': [],
  'libs/kafka': ['libs/contracts', 'libs/pipeline'],
  'libs/observability': ['libs/contracts', 'libs/pipeline'],
  'libs/redis': ['libs/contracts', 'libs/pipeline'],
  'libs/folding': ['libs/contracts', 'libs/pipeline', 'libs/redis'],
  'libs/service': ['libs/contracts', 'libs/pipeline', 'libs/kafka', 'libs/observability'],
  'libs/testing': ['libs/(?!testing)', 'services/'],
  'services/[^/]+': [
    'libs/contracts',
    'libs/pipeline',
    'libs/service',
    'libs/redis',
    'libs/folding',
    'libs/article-index',
  ],
  'cli/src': ['libs/(?!testing|observability)', 'services/'],
};

const isTest = '[.]test[.]ts$';
const ownCode = '^(libs|services|cli|tests|bench|infra)/';

const directions = Object.entries(layers).map(([from, allowed]) => ({
  name: `direction-${from.replaceAll(/[^a-z]/g, '')}`,
  comment: `${from} may import only: ${allowed.join(', ') || 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^(${from})/`, pathNot: isTest },
  to: {
    path: ownCode,
    pathNot: [
      `^$1/`,
      ...allowed.map((path) => `^${path}${path.endsWith('/') || path.endsWith(')') ? '' : '/'}`),
    ],
  },
}));

export default {
  forbidden: [
    ...directions,
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-service-imports-another',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'kafkajs-only-in-libs-kafka',
      comment: 'The traps of kafkajs are handled in one place',
      severity: 'error',
      from: { path: '^(libs|services|cli)/', pathNot: ['^libs/kafka/', isTest] },
      to: { path: 'node_modules/kafkajs/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'core-is-pure',
      comment: 'core has no framework, no I/O, no environment: they are in adapters, config and main',
      severity: 'error',
      from: { path: '^services/[^/]+/src/core/', pathNot: isTest },
      to: {
        path: [
          'node_modules/(@nestjs|ioredis|@elastic|kafkajs|pino|prom-client)/',
          '^(node:)?(fs|net|http|https|child_process|worker_threads|process)(/|$)',
          '^services/[^/]+/src/(adapters|config|main)',
        ],
      },
    },
    {
      name: 'nest-only-in-modules-and-main',
      severity: 'error',
      from: { path: '^services/', pathNot: ['[.]module[.]ts$', 'main[.]ts$'] },
      to: { path: 'node_modules/@nestjs/' },
    },
    {
      name: 'no-reach-in',
      comment: 'Another package is used by its index, not by its files',
      severity: 'error',
      from: { path: '^(libs|services)/([^/]+)/' },
      to: { path: '^(libs|services)/[^/]+/(src|dist)/(?!index[.])', pathNot: '^$1/$2/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|[.]local)/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['wirefold:source', 'import', 'node', 'default'],
    },
  },
};
