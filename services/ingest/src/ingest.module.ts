import { Module, type DynamicModule } from '@nestjs/common';
import { STAGE, stageController } from '@wirefold/service';
import type { z } from 'zod';
import type { ingestEnvironment } from './config.ts';
import { createIngestStage } from './stage.ts';

/** Wires ingest: its handler, and the stage behind it. */
@Module({})
export class IngestModule {
  static register(config: z.infer<typeof ingestEnvironment>): DynamicModule {
    return {
      module: IngestModule,
      controllers: [stageController('ingest')],
      providers: [{ provide: STAGE, useFactory: () => createIngestStage(config) }],
    };
  }
}
