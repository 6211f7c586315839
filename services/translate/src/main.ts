import { runStageService } from '@wirefold/service';
import { translateEnvironment } from './config.ts';
import { TranslateModule } from './translate.module.ts';

await runStageService({
  name: 'translate',
  environment: translateEnvironment,
  module: (config) => TranslateModule.register(config),
});
