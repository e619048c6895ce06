import { SegmentedControl } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { OnlyThere } from '../../components/fleet/locked.tsx';
import segmented from '../../components/range-control.module.css';
import { ScreenHeader } from '../../components/screen-header.tsx';
import { AuthorCard } from './author-card.tsx';
import { ImportCard } from './import-card.tsx';
import classes from './install.module.css';
import { PackageCard } from './package-card.tsx';

const WAYS = [
  { value: 'files', label: 'A folder or file' },
  { value: 'import', label: 'From another program' },
] as const;

/** Ways for a skill to come under Skillward's care. Nothing is started before a person has seen what it is. */
export function AddScreen() {
  const { from = 'files' } = useSearch({ from: '/add' });
  const navigate = useNavigate({ from: '/add' });
  return (
    <>
      <ScreenHeader title="Add a skill" />
      <OnlyThere what="Skills are added">
        <div className={classes.ways}>
          <SegmentedControl
            classNames={segmented}
            aria-label="Where it comes from"
            data={[...WAYS]}
            value={from}
            onChange={(next) =>
              void navigate({
                search: (search) => ({ ...search, from: next === 'import' ? 'import' : undefined }),
                replace: true,
              })
            }
          />
        </div>
        <div className={classes.cards}>
          {from === 'import' ? <ImportCard /> : <PackageCard />}
          <AuthorCard />
        </div>
      </OnlyThere>
    </>
  );
}
