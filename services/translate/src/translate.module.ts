import { Module, type DynamicModule } from '@nestjs/common';
import { systemClock } from '@wirefold/pipeline';
import { STAGE, stageController } from '@wirefold/service';
import type { TranslateConfig } from './config.ts';
import { createFullTranslateStage } from './stage.ts';

/** Wires translate: its handler, and the stage behind it. */
@Module({})
export class TranslateModule {
  static register(config: TranslateConfig): DynamicModule {
    return {
      module: TranslateModule,
      controllers: [stageController('translate')],
      providers: [
        { provide: STAGE, useFactory: () => createFullTranslateStage(config, { clock: systemClock }) },
      ],
    };
  }
}
