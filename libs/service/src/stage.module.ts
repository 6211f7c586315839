import { Controller, Inject, type Type } from '@nestjs/common';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import { stageTopics, type StageName } from '@wirefold/contracts';
import type { BatchContext, Delivery, Dependency, Settled, Stage } from '@wirefold/pipeline';

/** A stage with what it holds on to: provided by a service's module under {@link STAGE}. */
export interface AssembledStage {
  readonly stage: Stage<never, object>;
  readonly dependencies: readonly Dependency[];
  readonly close: () => Promise<void>;
}

export const STAGE = Symbol('stage');

/** The controller of a stage: its one handler takes batches of the stage's input topic. */
export function stageController(name: StageName): Type<unknown> {
  @Controller()
  class StageController {
    readonly #assembled: AssembledStage;

    constructor(@Inject(STAGE) assembled: AssembledStage) {
      this.#assembled = assembled;
    }

    @MessagePattern(stageTopics[name].input.name)
    handle(
      @Payload() batch: readonly Delivery<never>[],
      @Ctx() context: BatchContext,
    ): Promise<Settled<object>[]> {
      return this.#assembled.stage.handle(batch, context);
    }
  }
  return StageController;
}
