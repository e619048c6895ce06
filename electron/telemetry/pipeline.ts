// Loaded when somebody turns metrics on: all of OpenTelemetry hangs on this file.
import { resourceFromAttributes } from '@opentelemetry/resources';
import { type IMetricReader, MeterProvider } from '@opentelemetry/sdk-metrics';
import {
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_SERVICE_NAME,
  ATTR_SERVICE_VERSION,
} from '@opentelemetry/semantic-conventions';
import type { AppConfig } from '../../shared/model/config.ts';
import { collectorReader } from './collector.ts';
import { createInstruments } from './instruments.ts';
import { MetricsEndpoint } from './metrics-endpoint.ts';
import { ScrapeReader, seriesLimit } from './scrape-reader.ts';
import type { Pipeline, TelemetryPorts } from './types.ts';

/** Still "in development" in the conventions, and so not in the package's stable part. */
const ATTR_HOST_NAME = 'host.name';

/** Starts what `config` asks for. Trouble with a port or a collector is told, never thrown. */
export function startPipeline(ports: TelemetryPorts, config: AppConfig['telemetry']): Pipeline {
  const readers: IMetricReader[] = [];
  let endpoint: MetricsEndpoint | null = null;
  if (config.prometheus) {
    const reader = new ScrapeReader();
    readers.push(reader);
    endpoint = new MetricsEndpoint(ports, config, (request, response) =>
      reader.getMetricsRequestHandler(request, response),
    );
  }
  if (config.otlp) readers.push(collectorReader(ports, config));
  const provider = new MeterProvider({
    resource: resourceFromAttributes({
      [ATTR_SERVICE_NAME]: 'skillward',
      [ATTR_SERVICE_VERSION]: ports.version,
      [ATTR_SERVICE_INSTANCE_ID]: ports.hostId,
      [ATTR_HOST_NAME]: ports.hostName,
    }),
    readers,
    views: [...seriesLimit],
  });
  const forget = ports.onEvents(createInstruments(provider.getMeter('skillward', ports.version), ports));
  endpoint?.open();
  return {
    async stop() {
      forget();
      await endpoint?.close();
      await provider.shutdown();
    },
  };
}
