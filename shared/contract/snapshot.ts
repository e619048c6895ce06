import { z } from 'zod';
import { incidentSchema, noticeSchema } from '../model/action.ts';
import { appConfigSchema } from '../model/config.ts';
import { runtimeStatusSchema } from '../model/runtime.ts';
import { scheduledTaskSchema } from '../model/schedule.ts';
import { skillSchema } from '../model/skill.ts';

/** Everything a dashboard shows of one host, as it was when event `seq` had left. */
export const snapshotSchema = z.object({
  seq: z.number().int().nonnegative(),
  skills: z.array(skillSchema),
  tasks: z.array(scheduledTaskSchema),
  incidents: z.array(incidentSchema),
  notices: z.array(noticeSchema),
  settings: appConfigSchema,
  host: runtimeStatusSchema,
});
