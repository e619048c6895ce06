import type { ReactNode } from 'react';
import type { Skill } from '../../../shared/model/skill.ts';
import { formatBytes, plural } from '../../components/format.ts';
import classes from './about-skill.module.css';

/** Where the skill is, how it runs, and the oddities counted while it ran. */
export function AboutSkill({ skill }: { skill: Skill }) {
  const { process } = skill;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['What it does', skill.description ?? 'not said'],
    ['Id', <code key="id">{skill.id}</code>],
    ['Folder', <code key="folder">{skill.folder}</code>],
    ['Protocol', skill.protocol === 'mcp' ? 'MCP' : 'skill'],
    ['Mode', skill.mode === 'daemon' ? 'daemon: runs all the time' : 'one-shot: started when needed'],
    ['Interpreter', process.interpreter ?? 'not started yet'],
    ['Memory', process.memoryBytes === null ? 'not known' : formatBytes(process.memoryBytes)],
    ['Restarts', `${plural(process.restarts, 'restart', 'restarts')} since the host started`],
    ['Noise', noiseOf(skill)],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function noiseOf({ process: { noise } }: Skill): string {
  const parts: string[] = [];
  if (noise.nonJsonLines > 0)
    parts.push(plural(noise.nonJsonLines, 'line that was not JSON', 'lines that were not JSON'));
  if (noise.strayAnswers > 0)
    parts.push(plural(noise.strayAnswers, 'answer nobody waited for', 'answers nobody waited for'));
  if (noise.droppedLines > 0)
    parts.push(plural(noise.droppedLines, 'over-long line dropped', 'over-long lines dropped'));
  if (noise.droppedStderrBytes > 0) parts.push(`${formatBytes(noise.droppedStderrBytes)} of stderr dropped`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}
