import { readFile, realpath } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

export interface DashboardFile {
  readonly body: Buffer;
  readonly contentType: string;
}

/**
 * Reads one file of the built dashboard, or null when the path names none (checklist item 18: path check).
 * `urlPath` is hostile: encoded dots, NUL, back-slashes, other endings and links out of the folder all give null.
 */
export async function readDashboardFile(root: string, urlPath: string): Promise<DashboardFile | null> {
  const relative = decodePath(urlPath);
  if (relative === null) return null;
  const contentType = types[extname(relative)];
  if (contentType === undefined) return null;
  const path = normalize(join(root, relative));
  if (!path.startsWith(root + sep)) return null;
  try {
    const real = await realpath(path);
    if (!real.startsWith((await realpath(root)) + sep)) return null;
    return { body: await readFile(real), contentType };
  } catch {
    return null;
  }
}

function decodePath(urlPath: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (decoded === '/' || decoded === '') return 'index.html';
  if (/[\0\\]/.test(decoded) || decoded.split('/').some((part) => part === '..' || part.startsWith('.')))
    return null;
  return decoded.replace(/^\/+/, '');
}
