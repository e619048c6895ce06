import { z } from 'zod';

const JWT_BLOCK =
  /-----BEGIN NATS USER JWT-----\s*([A-Za-z0-9_-]+\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+)\s*-+END/;
const SEED_BLOCK = /-----BEGIN USER NKEY SEED-----\s*SU[A-Z2-7]{40,80}\s*-+END/;
const claimsSchema = z.object({ exp: z.number().int().optional() });

/** What can be said of the text of a creds file without a broker. `expiresAt` in epoch ms; null: it never does. */
export type ReadCreds =
  | { readonly ok: true; readonly expiresAt: number | null }
  | { readonly ok: false; readonly problem: string };

/** Looks whether this is a creds file as `nsc` makes it. Nothing is verified: that is the broker's. */
export function readCreds(text: string): ReadCreds {
  const body = JWT_BLOCK.exec(text)?.[2];
  if (body === undefined || !SEED_BLOCK.test(text)) {
    return {
      ok: false,
      problem:
        'This is no creds file: it holds a JWT and a seed of a user, each between its BEGIN and END line. Get one from whoever runs the broker.',
    };
  }
  try {
    const { exp } = claimsSchema.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
    return { ok: true, expiresAt: exp === undefined ? null : exp * 1000 };
  } catch {
    return {
      ok: false,
      problem: 'The JWT in this creds file cannot be read. Get a new one from whoever runs the broker.',
    };
  }
}
