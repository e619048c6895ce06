import { Kbd, Modal } from '@mantine/core';
import { modKey } from '../components/keys.ts';
import { screens } from './screens.ts';
import classes from './shortcut-sheet.module.css';

type Line = readonly [keys: readonly string[], what: string];

const anywhere: readonly Line[] = [
  [[modKey, 'K'], 'Find or do anything'],
  [['?'], 'This list'],
  ...screens.map((screen): Line => [['G', screen.key.toUpperCase()], `Go to ${screen.label}`]),
];
const onSkill: readonly Line[] = [
  [['Enter'], 'Open it'],
  [['↑', '↓'], 'Next or previous skill'],
  [['R'], 'Check now'],
  [['Shift', 'R'], 'Restart'],
  [['P'], 'Pause or start'],
  [['Q'], 'Quarantine or release'],
];

/** Every shortcut on one page: `?`. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts" size="lg">
      <div className={classes.columns}>
        <Column title="Anywhere" lines={anywhere} />
        <Column title="On a skill" lines={onSkill} />
      </div>
    </Modal>
  );
}

function Column({ title, lines }: { title: string; lines: readonly Line[] }) {
  return (
    <section>
      <h3 className={classes.title}>{title}</h3>
      <dl className={classes.list}>
        {lines.map(([keys, what]) => (
          <div key={what} className={classes.line}>
            <dt>{what}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
