import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a wheel as the format demands (PEP 427), with Python's own zipfile: no package is needed to make a package. */
const MAKE_WHEEL = `
import base64, hashlib, sys, zipfile
folder, name, module = sys.argv[1:]
info = name + "-1.0.dist-info/"
files = {
    name + ".py": module,
    info + "METADATA": "Metadata-Version: 2.1\\nName: %s\\nVersion: 1.0\\n" % name,
    info + "WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
}
record = ""
with zipfile.ZipFile("%s/%s-1.0-py3-none-any.whl" % (folder, name), "w") as wheel:
    for path, text in files.items():
        wheel.writestr(path, text)
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += "%s,sha256=%s,%d\\n" % (path, digest, len(text))
    wheel.writestr(info + "RECORD", record + info + "RECORD,,\\n")
`;

/** A folder of wheels pip can install from without a network, and the environment that makes it do so. */
export function wheelHouse(
  folder: string,
  modules: Readonly<Record<string, string>>,
): Record<string, string> {
  mkdirSync(folder, { recursive: true });
  const maker = join(folder, 'make_wheel.py');
  writeFileSync(maker, MAKE_WHEEL);
  for (const [name, source] of Object.entries(modules))
    execFileSync('python3', [maker, folder, name, source]);
  return { PIP_NO_INDEX: '1', PIP_FIND_LINKS: folder, PIP_CONFIG_FILE: '/dev/null' };
}
