import { execFileSync } from 'node:child_process';

/** An authority (`ca.crt`) and a certificate of a broker at these addresses, signed by it (`broker.crt`, `broker.key`). */
export function makeCertificates(folder: string, addresses: readonly string[] = ['127.0.0.1']): void {
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const twoDays = ['-days', '2'];
  openssl(...made, ...twoDays, '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=authority');
  const names = ['DNS:localhost', ...addresses.map((address) => `IP:${address}`)].join(',');
  openssl(
    ...[...made, ...twoDays, '-keyout', 'broker.key', '-out', 'broker.crt', '-subj', '/CN=broker'],
    ...['-addext', `subjectAltName=${names}`, '-addext', 'basicConstraints=critical,CA:FALSE'],
    ...['-CA', 'ca.crt', '-CAkey', 'ca.key'],
  );
}
