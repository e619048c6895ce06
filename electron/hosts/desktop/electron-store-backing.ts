import ElectronStore from 'electron-store';

/** The desktop's settings file, through electron-store: the same `config.json` the headless host reads through `conf`. */
export function electronStoreBacking(dataDir: string) {
  const store = new ElectronStore<Record<string, unknown>>({
    cwd: dataDir,
    name: 'config',
    clearInvalidConfig: false,
  });
  return {
    read: (): unknown => store.store,
    write: (value: Readonly<Record<string, unknown>>): void => {
      store.store = { ...value };
    },
  };
}
