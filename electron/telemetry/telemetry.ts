import type { AppConfig } from '../../shared/model/config.ts';
import type { Pipeline, TelemetryPorts } from './types.ts';

/** How long the last words may take when metrics are turned off or the host stops, ms. */
const STOP_WITHIN_MS = 1000;

/**
 * Metrics for machines, as the settings say at this moment. Off by default, and then it costs nothing: OpenTelemetry is
 * loaded when first needed. Whatever goes wrong is told and never reaches the host.
 */
export class Telemetry {
  readonly #ports: TelemetryPorts;
  #pipeline: Pipeline | null = null;
  #inForce = '';
  #stopped = false;
  /** One change after another, however fast they come. */
  #work: Promise<void> = Promise.resolve();

  constructor(ports: TelemetryPorts) {
    this.#ports = ports;
  }

  /** The settings may have changed, or the host has started. Nobody has to wait for what comes of it. */
  configChanged(): void {
    this.#work = this.#work
      .then(() => this.#bringInForce())
      .catch((error: unknown) => this.#ports.report('metrics could not be started', error));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#work;
    await this.#end();
  }

  async #bringInForce(): Promise<void> {
    const config = this.#ports.config();
    const wanted = this.#stopped ? '' : wantedOf(config);
    if (wanted === this.#inForce) return;
    this.#inForce = wanted;
    await this.#end();
    if (wanted === '') return;
    const { startPipeline } = await import('./pipeline.ts');
    this.#pipeline = startPipeline(this.#ports, config);
  }

  async #end(): Promise<void> {
    const pipeline = this.#pipeline;
    this.#pipeline = null;
    if (pipeline === null) return;
    const ended = pipeline
      .stop()
      .catch((error: unknown) => this.#ports.report('metrics were not ended in order', error));
    // A collector that does not answer is not waited for.
    await new Promise<void>((resolve) => {
      const timer = this.#ports.clock.after(STOP_WITHIN_MS, resolve);
      void ended.then(() => {
        timer.cancel();
        resolve();
      });
    });
  }
}

/** What of the settings makes a difference: ports of what is off make none. Empty when all is off. */
function wantedOf(config: AppConfig['telemetry']): string {
  const { otlp, otlpEndpoint, otlpIntervalSecs, prometheus, prometheusHost, prometheusPort } = config;
  const parts = [
    ...(prometheus ? [prometheusHost, prometheusPort] : []),
    ...(otlp ? [otlpEndpoint, otlpIntervalSecs] : []),
  ];
  return prometheus || otlp ? JSON.stringify([prometheus, otlp, ...parts]) : '';
}
