import { runStageService } from '@wirefold/service';
import { cleanEnvironment } from './config.ts';
import { CleanModule } from './clean.module.ts';

await runStageService({
  name: 'clean',
  environment: cleanEnvironment,
  module: (config) => CleanModule.register(config),
});
