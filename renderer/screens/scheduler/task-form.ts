import { z } from 'zod';
import type { CommandPayload } from '../../../shared/contract/index.ts';
import {
  type Schedule,
  type ScheduledTask,
  scheduleSchema,
  type Weekday,
  weekdaySchema,
} from '../../../shared/model/schedule.ts';

const UNIT_SECS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;
type Unit = keyof typeof UNIT_SECS;

/** The units an interval can be given in, the smallest first. */
export const units = Object.keys(UNIT_SECS) as readonly Unit[];

const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time such as 08:30.');

/** What stands in the form. Parts of a schedule that is not chosen keep what was typed in them. */
export const taskFormSchema = z
  .object({
    name: z.string().trim().min(1, 'Give it a name.').max(200),
    skillId: z.string().min(1, 'Choose the skill it asks.'),
    method: z.string().trim().min(1, 'Name the method it calls.').max(200),
    params: z
      .string()
      .refine((text) => readParams(text).ok, 'This is not a JSON object such as {"city": "Oslo"}.'),
    kind: z.enum(['interval', 'daily', 'weekly', 'cron']),
    amount: z.number(),
    unit: z.enum(['seconds', 'minutes', 'hours', 'days']),
    time: z.string(),
    days: z.array(weekdaySchema),
    cron: z.string(),
  })
  .check(({ value, issues }) => {
    const complain = (path: string, message: string) =>
      issues.push({ code: 'custom', path: [path], message, input: value });
    if (value.kind === 'interval' && !(value.amount * UNIT_SECS[value.unit] >= 1))
      complain('amount', 'A second is the least.');
    if ((value.kind === 'daily' || value.kind === 'weekly') && !timeSchema.safeParse(value.time).success)
      complain('time', 'Give a time such as 08:30.');
    if (value.kind === 'weekly' && value.days.length === 0) complain('days', 'Choose a day at least.');
    if (value.kind === 'cron' && value.cron.trim() === '')
      complain('cron', 'Give five fields, such as 0 8 * * 1-5.');
  });
export type TaskForm = z.infer<typeof taskFormSchema>;

const blank: TaskForm = {
  ...{ name: '', skillId: '', method: '', params: '' },
  ...{ kind: 'interval', amount: 10, unit: 'minutes', time: '08:00', days: ['mon'], cron: '0 8 * * 1-5' },
};

/** The form as it opens: empty, or as a task is. */
export function formOf(task: ScheduledTask | null): TaskForm {
  if (task === null) return blank;
  const { schedule, invoke } = task;
  const params = invoke?.params === undefined ? '' : JSON.stringify(invoke.params, null, 2);
  const form = {
    ...blank,
    name: task.name,
    skillId: invoke?.skillId ?? '',
    method: invoke?.method ?? '',
    params,
  };
  switch (schedule.kind) {
    case 'interval': {
      const unit = units.findLast((name) => schedule.secs % UNIT_SECS[name] === 0) ?? 'seconds';
      return { ...form, kind: 'interval', amount: schedule.secs / UNIT_SECS[unit], unit };
    }
    case 'daily':
      return { ...form, kind: 'daily', time: timeText(schedule) };
    case 'weekly':
      return { ...form, kind: 'weekly', time: timeText(schedule), days: [...schedule.days] };
    case 'cron':
      return { ...form, kind: 'cron', cron: schedule.expression };
  }
}

/** The schedule a form describes; null while it describes none. */
export function scheduleOf(form: TaskForm): Schedule | null {
  const [hour, minute] = form.time.split(':').map(Number);
  const candidate = {
    interval: { kind: 'interval', secs: form.amount * UNIT_SECS[form.unit] },
    daily: { kind: 'daily', hour, minute },
    weekly: { kind: 'weekly', days: inWeekOrder(form.days), hour, minute },
    cron: { kind: 'cron', expression: form.cron.trim() },
  }[form.kind];
  const read = scheduleSchema.safeParse(candidate);
  return read.success ? read.data : null;
}

type NewTask = CommandPayload<'scheduler.create'>;

/** What a task does, by the form. */
export function invocationOf(form: TaskForm): NewTask['invoke'] {
  const read = readParams(form.params);
  const params = read.ok ? read.params : undefined;
  return { skillId: form.skillId, method: form.method.trim(), ...(params === undefined ? {} : { params }) };
}

/** An id made from a name, unlike all that are taken. */
export function newTaskId(name: string, taken: ReadonlySet<string>): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 56);
  const base = words === '' ? 'task' : words;
  let id = base;
  for (let next = 2; taken.has(id); next += 1) id = `${base}-${next}`;
  return id;
}

type ReadParams =
  | { readonly ok: true; readonly params: Record<string, unknown> | undefined }
  | { readonly ok: false };

/** Nothing, or a JSON object. */
function readParams(text: string): ReadParams {
  if (text.trim() === '') return { ok: true, params: undefined };
  try {
    const read = z.record(z.string(), z.unknown()).safeParse(JSON.parse(text));
    return read.success ? { ok: true, params: read.data } : { ok: false };
  } catch {
    return { ok: false };
  }
}

function inWeekOrder(days: readonly Weekday[]): Weekday[] {
  return weekdaySchema.options.filter((day) => days.includes(day));
}

function timeText({ hour, minute }: { readonly hour: number; readonly minute: number }): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
