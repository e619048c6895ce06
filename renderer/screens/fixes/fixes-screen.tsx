import { Button, Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef } from 'react';
import { summariseFixes } from '../../components/fix-text.ts';
import { Orders } from '../../components/fleet/locked.tsx';
import { formatPercent, plural } from '../../components/format.ts';
import { ScreenHeader } from '../../components/screen-header.tsx';
import { useFixes } from '../../state/queries.ts';
import { FixExchangeButtons } from './fix-exchange.tsx';
import { FixProposals } from './fix-proposals.tsx';
import { FixSearch } from './fix-search.tsx';
import { FixesPanel } from './fixes-panel.tsx';
import classes from './fixes-screen.module.css';

/** What fixed it: every recorded fix, searchable by word or by error, with the form to record the next one. */
export function FixesScreen() {
  const { record, error, skill, fix, proposal } = useSearch({ from: '/fixes' });
  const navigate = useNavigate({ from: '/fixes' });
  const fixes = useFixes();
  const wide = useMediaQuery('(min-width: 1200px)', true, { getInitialValueInEffect: false });

  const opener = useRef<HTMLElement | null>(null);
  const noteOpener = () => {
    if (document.activeElement instanceof HTMLElement) opener.current = document.activeElement;
  };
  const close = () => {
    void navigate({
      resetScroll: false,
      search: ({ record: _record, error: _error, skill: _skill, fix: _fix, proposal: _proposal, ...rest }) =>
        rest,
      replace: true,
    });
    // Back to where it was opened from, so that the keyboard does not start over at the top.
    if (opener.current?.isConnected === true) opener.current.focus();
  };
  const openRecord = (from?: string) => {
    noteOpener();
    void navigate({
      resetScroll: false,
      search: ({ fix: _fix, proposal: _proposal, ...rest }) => ({
        ...rest,
        record: 1,
        ...(from === undefined ? {} : { error: from }),
      }),
    });
  };
  const openFix = (fixId: number) => {
    noteOpener();
    void navigate({
      resetScroll: false,
      search: ({ record: _record, error: _error, skill: _skill, proposal: _proposal, ...rest }) => ({
        ...rest,
        fix: fixId,
      }),
    });
  };
  const openProposal = (proposalId: number) => {
    noteOpener();
    void navigate({
      resetScroll: false,
      search: ({ fix: _fix, error: _error, skill: _skill, ...rest }) => ({
        ...rest,
        record: 1,
        proposal: proposalId,
      }),
    });
  };

  const panel = (record === 1 || fix !== undefined) && (
    <FixesPanel
      // A new prefill is a new form: what was typed for another error must not be saved for this one.
      key={record === 1 ? `record ${proposal ?? ''} ${skill ?? ''} ${error ?? ''}` : `fix ${fix}`}
      record={record === 1 ? { error, skill, proposal } : null}
      fixId={fix ?? null}
      onClose={close}
      onOpen={openFix}
    />
  );

  return (
    <>
      <ScreenHeader title="What fixed it" aside={fixes.data && headline(summariseFixes(fixes.data))}>
        <FixExchangeButtons count={fixes.data?.length ?? 0} />
        <Orders>
          <Button
            variant={record === 1 ? 'default' : 'filled'}
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => openRecord()}
          >
            Record a fix
          </Button>
        </Orders>
      </ScreenHeader>
      <FixProposals onRecord={openProposal} />
      <div className={wide && panel ? classes.split : classes.whole}>
        <FixSearch fixes={fixes} selected={fix ?? null} onOpen={openFix} onRecord={openRecord} />
        {wide && panel && <aside className={classes.panel}>{panel}</aside>}
      </div>
      {!wide && (
        <Drawer
          opened={panel !== false}
          onClose={close}
          size={460}
          withCloseButton={false}
          // What was typed is not thrown away by a stray click; the form looks after Escape itself.
          closeOnClickOutside={record !== 1}
          closeOnEscape={record !== 1}
          attributes={{ content: { 'aria-label': record === 1 ? 'Record a fix' : 'Fix' } }}
        >
          {panel}
        </Drawer>
      )}
    </>
  );
}

function headline({ count, share }: { count: number; share: number | null }): string | undefined {
  if (count === 0) return undefined;
  const fixes = plural(count, 'fix', 'fixes');
  return share === null ? fixes : `${fixes}, ${formatPercent(share)} % of suggestions worked`;
}
