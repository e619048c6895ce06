import './bridge/page-socket.ts';
import './app/jitless.ts';
import { startApp } from './app/start.tsx';
import { connectBridge } from './bridge/bridge.ts';

startApp(connectBridge());
