import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Skill } from '../../../shared/model/skill.ts';
import { logFilterSchema } from '../../components/logs/log-filter.ts';
import { LogView } from '../../components/logs/log-view.tsx';
import classes from './panel.module.css';

/** What the skill wrote and what the host wrote about it. */
export function LogsTab({ skill }: { skill: Skill }) {
  const search = useSearch({ from: '/skill/$skillId' });
  const navigate = useNavigate({ from: '/skill/$skillId' });
  const filter = useMemo(() => logFilterSchema.parse(search), [search]);
  const skillIds = useMemo(() => [skill.id], [skill.id]);
  return (
    <div className={classes.panel}>
      <LogView
        skillIds={skillIds}
        filter={filter}
        onFilter={(change, push) =>
          void navigate({ search: (before) => ({ ...before, ...change }), replace: push !== true })
        }
      />
    </div>
  );
}
