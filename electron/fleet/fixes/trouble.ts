import { nats } from '../nats.ts';

/** What the broker's interface says when a stream or an account has no room: by its error codes. */
const NO_ROOM = new Set([10_002, 10_023, 10_028, 10_047, 10_077]);
const NOT_ENABLED = new Set([10_039, 10_076]);

/** Why fixes are not exchanged, and what to do; `full`: what is in the bucket can still be read. */
export interface ShareTrouble {
  readonly what: string;
  readonly todo: string;
  readonly full: boolean;
}

/** What an error of the broker means for the exchange of fixes. */
export function shareTrouble(error: unknown): ShareTrouble {
  const name = error instanceof Error ? error.name : '';
  const said = error instanceof Error ? error.message : String(error);
  if (error instanceof nats().jetstream.JetStreamApiError && NO_ROOM.has(error.code)) {
    return {
      what: `Fixes recorded here do not reach the fleet: the broker has no room for them (${said}).`,
      todo: 'Give the bucket skillward_fixes or its account more storage on the broker.',
      full: true,
    };
  }
  const disabled = error instanceof nats().jetstream.JetStreamApiError && NOT_ENABLED.has(error.code);
  if (
    disabled ||
    name === 'JetStreamNotEnabled' ||
    name === 'NoRespondersError' ||
    /no responders/i.test(said)
  ) {
    return {
      what: 'Fixes are not shared: the broker keeps nothing (JetStream is off for this account).',
      todo: 'Turn JetStream on in the broker’s configuration; fixes are exchanged as soon as it answers.',
      full: false,
    };
  }
  if (/permission/i.test(said) || name === 'PermissionViolationError') {
    return {
      what: `Fixes are not shared: this host may not use the bucket skillward_fixes (${said}).`,
      todo: 'Allow its user the subjects $KV.skillward_fixes.> and the JetStream requests of that bucket.',
      full: false,
    };
  }
  return {
    what: `Fixes are not exchanged at the moment: ${said}.`,
    todo: 'It is tried again by itself. Look at the broker’s log if it stays.',
    full: false,
  };
}
