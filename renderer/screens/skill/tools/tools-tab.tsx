import { Skeleton, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Skill } from '../../../../shared/model/skill.ts';
import { plural } from '../../../components/format.ts';
import { useTools } from '../../../state/package-queries.ts';
import { LoadTrouble } from '../load-trouble.tsx';
import panel from '../panel.module.css';
import { InvokeCard } from './invoke-card.tsx';
import { ToolForm } from './tool-form.tsx';
import classes from './tools.module.css';

/** From this many tools on a search field helps. */
const SEARCH_FROM = 8;

/** What the skill can be asked to do, and a way to ask it. */
export function ToolsTab({ skill }: { skill: Skill }) {
  return skill.protocol === 'mcp' ? <Tools skill={skill} /> : <InvokeCard skill={skill} />;
}

function Tools({ skill }: { skill: Skill }) {
  const running = skill.process.state === 'running';
  const { data: tools, error, refetch } = useTools(skill.id, running);
  const [chosen, setChosen] = useState<string | null>(null);
  const [query, setQuery] = useState('');
  const found = tools?.filter((tool) => tool.name.toLowerCase().includes(query.trim().toLowerCase())) ?? [];
  const open = found.find((tool) => tool.name === chosen) ?? found[0];

  return (
    <section className={panel.panel} aria-labelledby="tools-heading">
      <div className={panel.head}>
        <h2 id="tools-heading" className={panel.title}>
          Tools
        </h2>
        {tools !== undefined && (
          <span className={panel.note}>
            {plural(tools.length, 'tool', 'tools')}, as the server names them
          </span>
        )}
      </div>
      {!running && tools === undefined && (
        <p className={panel.nothing}>
          A server says what it offers while it runs. Start it to see its tools.
        </p>
      )}
      {running && tools === undefined && error === null && (
        <Skeleton height={200} radius="md" role="status" aria-label="Loading the tools" />
      )}
      {tools === undefined && error !== null && (
        <LoadTrouble what="The tools" error={error} retry={() => void refetch()} />
      )}
      {tools?.length === 0 && <p className={panel.nothing}>This server offers no tools.</p>}
      {tools !== undefined && tools.length > 0 && (
        <div className={classes.columns}>
          <div>
            {tools.length >= SEARCH_FROM && (
              <TextInput
                mb={8}
                aria-label="Search the tools"
                placeholder="Search"
                value={query}
                onChange={(event) => setQuery(event.currentTarget.value)}
              />
            )}
            <ul className={classes.list}>
              {found.map((tool) => (
                <li key={tool.name}>
                  <button
                    type="button"
                    className={classes.tool}
                    aria-current={tool === open}
                    onClick={() => setChosen(tool.name)}
                  >
                    <span className={classes.toolName}>{tool.name}</span>
                    {tool.description !== null && (
                      <span className={classes.toolHelp}>{tool.description}</span>
                    )}
                  </button>
                </li>
              ))}
            </ul>
            {found.length === 0 && <p className={classes.note}>No tool is called so.</p>}
          </div>
          {open !== undefined && <ToolForm key={open.name} skillId={skill.id} tool={open} />}
        </div>
      )}
    </section>
  );
}
