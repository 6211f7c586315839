import { runStageService } from '@wirefold/service';
import { indexEnvironment } from './config.ts';
import { IndexModule } from './index.module.ts';

await runStageService({
  name: 'index',
  environment: indexEnvironment,
  module: (config) => IndexModule.register(config),
});
