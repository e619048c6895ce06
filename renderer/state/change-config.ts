import type { AppConfigPatch } from '../../shared/model/config.ts';
import { call } from '../bridge/call.ts';
import { useHost } from './host-store.ts';

/** Changes the config at the host. The page shows what the host answers to be in force, never what was hoped for. */
export async function changeConfig(patch: AppConfigPatch): Promise<void> {
  const { config } = await call('config.patch', patch);
  useHost.setState({ settings: config });
}
