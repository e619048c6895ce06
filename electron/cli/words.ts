import type { HealthCheckOutcome, HealthStatus } from '../../shared/model/health.ts';
import type { Skill } from '../../shared/model/skill.ts';

/** A health status in words, with what a person needs beside it. */
export function healthInWords(status: HealthStatus): string {
  switch (status.kind) {
    case 'unknown':
      return 'not checked yet';
    case 'healthy':
      return 'healthy';
    case 'degraded':
      return `degraded: ${status.reason}`;
    case 'failing':
      return `failing (${status.consecutive} in a row)`;
    case 'quarantined':
      return `quarantined: ${status.reason}`;
  }
}

export function outcomeInWords(outcome: HealthCheckOutcome): string {
  switch (outcome.kind) {
    case 'healthy':
      return 'healthy';
    case 'degraded':
      return `degraded: ${outcome.detail}`;
    case 'failed':
      return `failed: ${outcome.error}`;
    case 'unreachable':
      return `unreachable: ${outcome.reason}`;
  }
}

export function processInWords(skill: Skill, nowMs: number): string {
  const { process, paused, broken, mode, lifecycle } = skill;
  if (broken !== undefined) return 'broken';
  const inService = lifecycle === 'active' && !paused;
  if (mode === 'one-shot' && process.state === 'stopped' && inService) return 'between runs';
  if (paused) return `${process.state} (paused)`;
  if (process.state === 'backoff' && process.nextAttemptAt !== null) {
    return `backoff, next in ${Math.max(0, Math.ceil((process.nextAttemptAt - nowMs) / 1000))} s`;
  }
  return process.pid === null ? process.state : `${process.state} (pid ${process.pid})`;
}

/** How long ago, in the largest fitting unit. */
export function agoInWords(atMs: number | null, nowMs: number): string {
  if (atMs === null) return '–';
  return `${durationInWords(nowMs - atMs)} ago`;
}

/** A duration in the largest fitting unit. `ms` below 0 (a wall clock set back) reads as `0 s`. */
export function durationInWords(ms: number): string {
  const secs = Math.max(0, Math.round(ms / 1000));
  if (secs < 60) return `${secs} s`;
  if (secs < 3600) return `${Math.floor(secs / 60)} min`;
  return secs < 86_400 ? `${Math.floor(secs / 3600)} h` : `${Math.floor(secs / 86_400)} d`;
}

/** Columns of text, each as wide as its widest cell; the last column is not padded. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  const pad = (row: readonly string[]) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)));
  return rows.map((row) => pad(row).join('  '));
}

/** Line breaks become slashes and control characters go: a terminal must not be steered by what a skill wrote. */
export function printable(text: string): string {
  return text.replace(/\s*\n\s*/g, ' / ').replace(/(?!\t)\p{Cc}/gu, '');
}
