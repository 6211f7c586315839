import { runStageService } from '@wirefold/service';
import { ingestEnvironment } from './config.ts';
import { IngestModule } from './ingest.module.ts';

await runStageService({
  name: 'ingest',
  environment: ingestEnvironment,
  module: (config) => IngestModule.register(config),
});
