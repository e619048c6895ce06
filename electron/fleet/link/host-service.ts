import type { Svcm } from '@nats-io/services';
import type { NatsConnection } from '@nats-io/transport-node';
import type { HostReport } from '../../../shared/contract/fleet-wire.ts';
import { SERVICE_NAME, subjectOf } from '../../core/fleet/subjects.ts';
import { nats } from '../nats.ts';
import type { PeerRequests } from './peer-requests.ts';

/** What the service API takes as a version (semver.org). */
const SEMVER = /^\d+\.\d+\.\d+(-[0-9a-z.-]+)?(\+[0-9a-z.-]+)?$/i;

export interface HostServicePorts {
  readonly requests: PeerRequests;
  report(): HostReport;
  /** The broker does not let this host listen on one of its subjects. */
  onDenied(): void;
}

/**
 * Registers the host with the service API: whoever shows the fleet asks for STATS and finds the report as data of the
 * endpoint `view`. Resolves when the broker has all of it.
 */
export async function registerHost(connection: NatsConnection, ports: HostServicePorts): Promise<void> {
  const { onDenied, report, requests } = ports;
  const { boot, hostId, labels, name, role, version } = report();
  const subject = subjectOf(hostId, 'view');
  const own = new Set([subject, subjectOf(hostId, 'operate'), subjectOf(hostId, 'snapshot')]);
  const service = await new (nats().services.Svcm)(asServicesSeeIt(connection)).add({
    name: SERVICE_NAME,
    version: SEMVER.test(version) ? version : '0.0.0',
    description: 'A host that supervises skills',
    metadata: {
      hostId,
      name,
      version,
      boot,
      role,
      ...Object.fromEntries(Object.entries(labels).map(([label, value]) => [`label.${label}`, value])),
    },
    statsHandler: async (endpoint) => (endpoint.subject === subject ? report() : null),
  });
  /**
   * Whoever may make a consumer can have the broker deliver what a stream holds to any subject, past their permissions.
   * Such a message still carries the subject it was stored under.
   */
  const isMeant = (message: { readonly subject: string }) => own.has(message.subject);
  service.addEndpoint('view', {
    subject,
    handler: (error, message) => void (error ?? (isMeant(message) && requests.command(message, 'view'))),
  });
  service.addEndpoint('operate', {
    subject: subjectOf(hostId, 'operate'),
    handler: (error, message) => void (error ?? (isMeant(message) && requests.command(message, 'operate'))),
  });
  service.addEndpoint('snapshot', {
    subject: subjectOf(hostId, 'snapshot'),
    handler: (error, message) => void (error ?? (isMeant(message) && requests.snapshot(message))),
  });
  void service.stopped.then(() => {
    if (!connection.isClosed() && !connection.isDraining()) onDenied();
  });
  await connection.flush();
}

/** The package of the service API brings types of its own for the same connection. */
function asServicesSeeIt(connection: NatsConnection): ConstructorParameters<typeof Svcm>[0] {
  return connection as unknown as ConstructorParameters<typeof Svcm>[0];
}
