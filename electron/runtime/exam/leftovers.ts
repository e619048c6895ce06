import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Examination, Finding } from './finding.ts';

/** What a host that was killed leaves lying about. Nobody holds the lock, so nobody uses it any more. */
export function examineLeftovers({ dataDir, socketPath, repair }: Examination): readonly Finding[] {
  const findings: Finding[] = [];
  const note = join(dataDir, 'host.json');
  if (process.platform !== 'win32' && existsSync(socketPath)) {
    if (repair) {
      rmSync(socketPath, { force: true });
      rmSync(note, { force: true });
      const message = 'the socket and the note of a host that was killed were removed';
      findings.push({ what: 'socket', level: 'repaired', message });
    } else {
      const message = `${socketPath} was left by a host that was killed; the next start replaces it`;
      findings.push({ what: 'socket', level: 'warning', message });
    }
  }
  const aside = readdirSync(dataDir).filter((name) => /\.corrupt-[^.]+$/.test(name));
  if (aside.length > 0) {
    const message = `damaged files were set aside earlier and are kept: ${aside.join(', ')}`;
    findings.push({ what: 'set aside', level: 'warning', message });
  }
  return findings;
}
