import { below, type Figure, info } from '../lib/figures.ts';
import { quantile } from '../lib/statistics.ts';
import type { Task } from './trace.ts';

/** Shorter ones do no frame work: they would only dilute the share of those that do. */
const FRAME_TASK_MS = 1;

/** What a trace says of frames: the longest task, the 95th percentile, and of how many. */
export function frameFigures(what: string, tasks: readonly Task[]): Figure[] {
  const frames = tasks.filter(({ wallMs }) => wallMs >= FRAME_TASK_MS);
  const wall = frames.map(({ wallMs }) => wallMs);
  const cpu = frames.map(({ cpuMs }) => cpuMs);
  return [
    withCpu(
      below({ name: `${what}: longest task`, value: quantile(wall, 1), unit: 'ms' }, 50),
      quantile(cpu, 1),
      50,
    ),
    withCpu(
      below({ name: `${what}: frame tasks, p95`, value: quantile(wall, 0.95), unit: 'ms' }, 16),
      quantile(cpu, 0.95),
      16,
    ),
    info({ name: `${what}: frame tasks`, value: frames.length, unit: '' }),
  ];
}

/** What of a missed target was the page, and what was waiting for other programs. */
function withCpu(figure: Figure, cpuMs: number, limit: number): Figure {
  if (figure.verdict === 'met') return figure;
  const rest = cpuMs < limit ? ': the rest was waiting for the machine' : '';
  return { ...figure, note: `${cpuMs.toFixed(1)} ms of CPU${rest}` };
}
