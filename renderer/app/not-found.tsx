import { IconMapQuestion } from '@tabler/icons-react';
import { EmptyState } from '../components/empty-state.tsx';
import { ButtonLink } from '../components/links.tsx';

export function NotFound() {
  return (
    <EmptyState
      icon={<IconMapQuestion size={28} stroke={1.5} />}
      title="There is no such page"
      action={<ButtonLink to="/">Go to the overview</ButtonLink>}
    >
      The link may be from another version of Skillward.
    </EmptyState>
  );
}
