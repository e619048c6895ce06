import { IconMapQuestion } from '@tabler/icons-react';
import { EmptyState } from '../components/empty-state.tsx';
import { ButtonLink } from '../components/links.tsx';
import { ScreenHeader } from '../components/screen-header.tsx';

export function NotFound() {
  return (
    <>
      <ScreenHeader title="There is no such page" />
      <EmptyState
        icon={<IconMapQuestion size={28} stroke={1.5} />}
        title="This address leads nowhere"
        action={<ButtonLink to="/">Go to the overview</ButtonLink>}
      >
        The link may be from another version of Skillward.
      </EmptyState>
    </>
  );
}
