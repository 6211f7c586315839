import { Module, type DynamicModule } from '@nestjs/common';
import { systemClock } from '@wirefold/pipeline';
import { STAGE, stageController } from '@wirefold/service';
import type { CleanConfig } from './config.ts';
import { createFullCleanStage } from './stage.ts';

/** Wires clean: its handler, and the stage behind it. */
@Module({})
export class CleanModule {
  static register(config: CleanConfig): DynamicModule {
    return {
      module: CleanModule,
      controllers: [stageController('clean')],
      providers: [{ provide: STAGE, useFactory: () => createFullCleanStage(config, { clock: systemClock }) }],
    };
  }
}
