import ElectronStore from 'electron-store';

/** The desktop's settings file, through electron-store: the same `config.json` the headless host reads through `conf`. */
export function electronStore(dataDir: string): ElectronStore<Record<string, unknown>> {
  return new ElectronStore<Record<string, unknown>>({
    cwd: dataDir,
    name: 'config',
    clearInvalidConfig: false,
    // State is its owner's alone (DESIGN.md section 10).
    configFileMode: 0o600,
  });
}
