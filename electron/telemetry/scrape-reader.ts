import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { AggregationTemporality, InstrumentType, type ViewOptions } from '@opentelemetry/sdk-metrics';
import { MAX_OWN_SKILLS } from './skill-fold.ts';

/** The most values an attribute beside `skill.id` takes. */
const MOST_VALUES = 5;
/** Series of one instrument: the fold keeps them below this. The SDK's own limit would be 2,000, reached by 400 skills. */
export const seriesLimit: readonly ViewOptions[] = [
  { instrumentName: '*', aggregationCardinalityLimit: (MAX_OWN_SKILLS + 1) * MOST_VALUES + 1 },
];

/**
 * With cumulative temporality the SDK goes on telling the last value of what nobody observes any more: a skill that was
 * removed would be healthy for ever. A gauge has no temporality on the wire, so its "delta" is what is true now.
 */
export function isToldAnew(type: InstrumentType): boolean {
  return type === InstrumentType.OBSERVABLE_GAUGE;
}

/** Makes Prometheus's text of all metrics when asked. Listens nowhere itself. */
export class ScrapeReader extends PrometheusExporter {
  constructor() {
    // Its own server would answer whatever `Host` a page made up, and takes port 0 for "the usual one".
    super({ preventServerStart: true, withoutScopeInfo: true });
  }

  override selectAggregationTemporality(type: InstrumentType): AggregationTemporality {
    return isToldAnew(type) ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE;
  }
}
