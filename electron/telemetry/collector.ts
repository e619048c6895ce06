import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import {
  AggregationTemporality,
  AggregationType,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics';
import type { AppConfig } from '../../shared/model/config.ts';
import { isToldAnew } from './scrape-reader.ts';
import type { TelemetryPorts } from './types.ts';

/** How long one delivery may take, retries included, ms; never longer than the interval. */
const MAX_DELIVERY_MS = 10_000;
/** A collector that comes and goes is a line in the log at most this often, ms. */
const LOG_GAP_MS = 600_000;
/** How much of what a collector says about an error is repeated, in characters. */
const MAX_QUOTED = 200;
const CONTROL = /\p{Cc}+/gu;

/**
 * Pushes all metrics to a collector at the interval of the settings, as JSON over HTTP. What the collector wants besides
 * (a token, say) comes from the environment: `OTEL_EXPORTER_OTLP_HEADERS` and its like.
 */
export function collectorReader(
  ports: TelemetryPorts,
  { otlpEndpoint, otlpIntervalSecs }: AppConfig['telemetry'],
): PeriodicExportingMetricReader {
  const intervalMs = otlpIntervalSecs * 1000;
  const timeoutMs = Math.min(MAX_DELIVERY_MS, intervalMs);
  ports.report(`metrics go to ${otlpEndpoint} every ${otlpIntervalSecs} s`, null);
  return new PeriodicExportingMetricReader({
    exporter: watched(
      new OTLPMetricExporter({ url: otlpEndpoint, timeoutMillis: timeoutMs }),
      ports,
      otlpEndpoint,
    ),
    exportIntervalMillis: intervalMs,
    exportTimeoutMillis: timeoutMs,
  });
}

/** The same exporter, of which a failure is told: once to people, after that rarely and to the log alone. */
export function watched(
  exporter: PushMetricExporter,
  { clock, report, say }: Pick<TelemetryPorts, 'clock' | 'report' | 'say'>,
  endpoint: string,
): PushMetricExporter {
  let away = false;
  let told = false;
  let loggedMs = Number.NEGATIVE_INFINITY;
  const log = (message: string) => {
    if (clock.monotonicMs() - loggedMs < LOG_GAP_MS) return;
    loggedMs = clock.monotonicMs();
    report(message, null);
  };
  const note = (error: Error | undefined) => {
    const failed = error !== undefined;
    if (failed === away) return;
    away = failed;
    if (!failed) return log(`the collector at ${endpoint} takes metrics again`);
    const what = `Metrics do not get to the collector at ${endpoint}: ${wordsOf(error)}.`;
    if (told) return log(what);
    told = true;
    say('warning', 'telemetry_collector', `${what} Skillward goes on trying and will not say so again.`);
  };
  return {
    export: (metrics, done) =>
      exporter.export(metrics, (result) => {
        // 0 is the SDK's word for success.
        note(result.code === 0 ? undefined : (result.error ?? new Error('no reason given')));
        done(result);
      }),
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
    selectAggregationTemporality: (type) =>
      isToldAnew(type)
        ? AggregationTemporality.DELTA
        : (exporter.selectAggregationTemporality?.(type) ?? AggregationTemporality.CUMULATIVE),
    selectAggregation: (type) => exporter.selectAggregation?.(type) ?? { type: AggregationType.DEFAULT },
  };
}

/** What a collector answered is as hostile as any other text from outside. */
function wordsOf(error: Error): string {
  const { code } = error as { code?: unknown };
  if (typeof code === 'number') return `it answered ${code}`;
  if (code === 'ECONNREFUSED') return 'nobody listens there';
  const said = error.message.replace(CONTROL, ' ').trim().slice(0, MAX_QUOTED);
  return said === '' ? String(code ?? 'no reason given') : said;
}
