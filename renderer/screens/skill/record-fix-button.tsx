import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';

/** The longest error text an address carries, in characters. */
const MAX_ERROR = 4000;

/** Leads to the form for recording what mended this error, filled in as far as it is known. */
export function RecordFixButton({ skillId, error }: { skillId: string; error: string }) {
  const search = { record: 1 as const, skill: skillId, error: error.slice(0, MAX_ERROR) };
  return (
    <Button renderRoot={(props) => <Link to="/fixes" search={search} {...props} />}>Record a fix…</Button>
  );
}
