import { createContext } from 'react';
import type { HostSession } from '../state/host-session.ts';

/** What the shell tells when the address asks for another host. */
export const HostSessionContext = createContext<HostSession>({ show: () => undefined });
