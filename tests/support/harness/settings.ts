import {
  type HealthMonitorConfig,
  healthMonitorConfigSchema,
  type RestartConfig,
  restartConfigSchema,
} from '../../../shared/model/config.ts';

/** The product's defaults, with a shorter patience where a test would only wait. */
export const defaultHealth: HealthMonitorConfig = healthMonitorConfigSchema.parse({});
export const defaultRestart: RestartConfig = { ...restartConfigSchema.parse({}), stopGraceMs: 500 };
