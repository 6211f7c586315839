import { Controller, Get, Header, Inject, Module, type DynamicModule } from '@nestjs/common';
import {
  HealthCheckService,
  HealthIndicatorService,
  TerminusModule,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import type { Dependency, Health } from '@wirefold/pipeline';
import { LoggerModule } from 'nestjs-pino';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';

/** What is observed of a service. */
export interface Observed {
  readonly log: Logger;
  readonly registry: Registry;
  /** Asked when a probe comes, as the parts of a service are made one after the other. */
  readonly health: () => Health;
  readonly dependencies: () => readonly Dependency[];
}

const OBSERVED = Symbol('observed');
const DEPENDENCY_TIMEOUT_MS = 2000;

/** Probes and metrics over HTTP: /health/live, /health/ready, /metrics. */
@Controller()
class ObservabilityController {
  readonly #observed: Observed;
  readonly #checks: HealthCheckService;
  readonly #indicators: HealthIndicatorService;

  constructor(
    @Inject(OBSERVED) observed: Observed,
    @Inject(HealthCheckService) checks: HealthCheckService,
    @Inject(HealthIndicatorService) indicators: HealthIndicatorService,
  ) {
    this.#observed = observed;
    this.#checks = checks;
    this.#indicators = indicators;
  }

  @Get('health/live')
  live() {
    return this.#checks.check([() => this.#answer('poll-loop', this.#observed.health().live())]);
  }

  @Get('health/ready')
  ready() {
    return this.#checks.check([
      () => this.#answer('consumer', this.#observed.health().ready()),
      ...this.#observed.dependencies().map((dependency) => () => this.#ask(dependency)),
    ]);
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return this.#observed.registry.metrics();
  }

  #answer(name: string, problem: string | undefined): HealthIndicatorResult {
    const indicator = this.#indicators.check(name);
    return problem === undefined ? indicator.up() : indicator.down(problem);
  }

  async #ask(dependency: Dependency): Promise<HealthIndicatorResult> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`no answer within ${DEPENDENCY_TIMEOUT_MS} ms`)),
        DEPENDENCY_TIMEOUT_MS,
      );
    });
    try {
      await Promise.race([dependency.check(), late]);
      return this.#answer(dependency.name, undefined);
    } catch (error) {
      return this.#answer(dependency.name, String(error));
    } finally {
      clearTimeout(timer);
    }
  }
}

@Module({})
export class ObservabilityModule {
  static register(observed: Observed): DynamicModule {
    return {
      module: ObservabilityModule,
      imports: [
        TerminusModule.forRoot({ logger: false }),
        LoggerModule.forRoot({ pinoHttp: { logger: observed.log, autoLogging: false } }),
      ],
      controllers: [ObservabilityController],
      providers: [{ provide: OBSERVED, useFactory: () => observed }],
    };
  }
}
