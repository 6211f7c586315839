import { Module, type DynamicModule } from '@nestjs/common';
import { systemClock } from '@wirefold/pipeline';
import { STAGE, stageController } from '@wirefold/service';
import type { IndexConfig } from './config.ts';
import { createIndexStage } from './stage.ts';

/** Wires index: its handler, and the stage behind it. */
@Module({})
export class IndexModule {
  static register(config: IndexConfig): DynamicModule {
    return {
      module: IndexModule,
      controllers: [stageController('index')],
      providers: [{ provide: STAGE, useFactory: () => createIndexStage(config, { clock: systemClock }) }],
    };
  }
}
