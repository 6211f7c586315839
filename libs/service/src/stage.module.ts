import { Controller, Inject, type Type } from '@nestjs/common';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import { stageTopics, type StageName } from '@wirefold/contracts';
import type { AssembledStage, BatchContext, Delivery, Settled } from '@wirefold/pipeline';

/** Under this a service's module provides its {@link AssembledStage}. */
export const STAGE = Symbol('stage');

/** The controller of a stage: its one handler takes batches of the stage's input topic. */
export function stageController(name: StageName): Type<unknown> {
  @Controller()
  class StageController {
    readonly #assembled: AssembledStage<never, object>;

    constructor(@Inject(STAGE) assembled: AssembledStage<never, object>) {
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
