import { Module, type DynamicModule } from '@nestjs/common';
import { systemClock } from '@wirefold/pipeline';
import { STAGE, stageController } from '@wirefold/service';
import type { EnrichConfig } from './config.ts';
import { createEnrichStage } from './stage.ts';

/** Wires enrich: its handler, and the stage behind it. */
@Module({})
export class EnrichModule {
  static register(config: EnrichConfig): DynamicModule {
    return {
      module: EnrichModule,
      controllers: [stageController('enrich')],
      providers: [{ provide: STAGE, useFactory: () => createEnrichStage(config, { clock: systemClock }) }],
    };
  }
}
