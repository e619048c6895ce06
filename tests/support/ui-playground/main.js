// The dashboard over a host that lives inside the page. `?scenario=` twelve, healthy, empty, crowd, storm, lost, stale,
// unauthorized, waiting, fleet, hundred-hosts, thousand-hosts; `?theme=` light or dark. Plain JavaScript, so that the checks of this folder's types stay free of React.
import '../../../renderer/app/jitless.ts';
import { startApp } from '../../../renderer/app/start.tsx';
import { createFakeBridge } from '../fake-bridge.ts';

const KEY = 'playground';
if (location.search !== '') sessionStorage.setItem(KEY, location.search);
const asked = new URLSearchParams(sessionStorage.getItem(KEY) ?? '');
// The router of the page would take it for its own; after a reload it is still known.
history.replaceState(null, '', location.pathname + location.hash);
const bridge = createFakeBridge(asked.get('scenario') ?? 'twelve');
const theme = asked.get('theme');
if (theme !== null)
  bridge.world.config = { ...bridge.world.config, general: { ...bridge.world.config.general, theme } };
startApp(bridge);
globalThis.fakeBridge = bridge;
