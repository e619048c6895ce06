import { z } from 'zod';
import { joinFixText, MAX_ERROR_TEXT, MAX_FIX_TEXT, MAX_FIX_TITLE } from './fix-text.ts';

/** What the record-a-fix form holds. `skillId` empty: the fix applies to any skill. */
export const fixFormSchema = z
  .object({
    error: z
      .string()
      .refine((text) => text.trim() !== '', 'Paste the error this fixed: the last line is enough.')
      .max(
        MAX_ERROR_TEXT,
        `Keep it under ${MAX_ERROR_TEXT.toLocaleString('en')} characters: the end is what counts.`,
      ),
    title: z
      .string()
      .refine((text) => text.trim() !== '', 'Say in one line what fixed it.')
      .max(MAX_FIX_TITLE, `Keep the line under ${MAX_FIX_TITLE} characters; the rest fits below.`),
    details: z.string(),
    skillId: z.string(),
    safeAction: z.enum(['none', 'restart', 'release-trial']).default('none'),
    autoApply: z.boolean().default(false),
  })
  .refine((fix) => joinFixText(fix).length <= MAX_FIX_TEXT, {
    path: ['details'],
    message: `Title and details together may have ${MAX_FIX_TEXT.toLocaleString('en')} characters.`,
  });
export type FixForm = z.infer<typeof fixFormSchema>;
