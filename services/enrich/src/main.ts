import { runStageService } from '@wirefold/service';
import { enrichEnvironment } from './config.ts';
import { EnrichModule } from './enrich.module.ts';

await runStageService({
  name: 'enrich',
  environment: enrichEnvironment,
  module: (config) => EnrichModule.register(config),
});
