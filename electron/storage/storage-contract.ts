import type { Action, Incident, Notice } from '../../shared/model/action.ts';
import type { FixHistoryEntry, FixPattern, FixProposal, FixTrial } from '../../shared/model/fix.ts';
import type { Check, OutcomeKind, SkillHealthRecord } from '../../shared/model/health.ts';
import type { Heartbeat, HistoryBucket, HistoryMark } from '../../shared/model/history.ts';
import type { LogLine } from '../../shared/model/log.ts';
import type { HostNotice } from '../../shared/model/runtime.ts';
import type { ScheduledTask, TaskRun } from '../../shared/model/schedule.ts';
import type { ProcessCause } from '../../shared/model/skill.ts';
import type { LogAnswer, LogQuery } from './logs/log-query.ts';
import type { Retention } from './retention.ts';
import type { StorageMode } from './store.ts';
import type { ActionFilter } from './tables/actions.ts';
import type { TroubledRow } from './tables/fix-trials.ts';
import type { FixEdit, FixFeedback } from './tables/fixes.ts';
import type { IncidentFilter } from './tables/incidents.ts';
import type { RunRecord } from './tables/runs.ts';
import type { SharedFixRow } from './tables/shared-fixes.ts';
import type { StoredVersion } from './tables/skill-versions.ts';
import type { StoredSkill } from './tables/skills.ts';

export interface StorageOptions {
  readonly dataDir: string;
  readonly nowMs: () => number;
  /** Log files per skill, and how large one may become, bytes. */
  readonly logFiles: number;
  readonly logFileBytes: number;
  /** Told of what happens after opening. What opening found stands in `Storage.notices`. */
  readonly onNotice?: (notice: HostNotice) => void;
  /** How long to leave a disk alone that took nothing, ms; 30 s by default. */
  readonly retryAfterMs?: number;
}

/** One page of a list, newest first: what is older than `before` (epoch ms), at most `limit` (100 by default). */
export interface Page {
  readonly before?: number | undefined;
  readonly limit?: number | undefined;
}

/** What the fleet told about fixes: rows to write, and the patterns here that change or go with them. */
export interface SharedFixNews {
  readonly rows: readonly SharedFixRow[];
  readonly removedKeys: readonly string[];
  readonly patterns: readonly FixPattern[];
  readonly removedFixes: readonly number[];
}

/**
 * Everything Skillward remembers. Nothing here throws because of the disk: what it does not take is kept in memory
 * (`mode` tells) and brought back later. "Durable" means: on the disk when the call returns.
 */
export interface Storage {
  /** What people should know about the storage, oldest first, at most 50. */
  readonly notices: readonly HostNotice[];
  readonly mode: StorageMode;
  /** Random, made with the data folder, the same ever after. */
  readonly instanceId: string;
  /** Of the database and its log, bytes. */
  sizeBytes(): number;
  readonly skills: {
    all(): StoredSkill[];
    /** Durable. */
    save(skill: StoredSkill): void;
    /** After a check: on disk within half a second. `healthSince` undefined leaves the stored one. */
    saveRecord(
      skillId: string,
      record: SkillHealthRecord,
      monitorState: unknown,
      healthSince?: number | null,
      cause?: ProcessCause | null,
    ): void;
    /** Durable. Its history stays until retention takes it. */
    remove(skillId: string): void;
  };
  readonly checks: {
    /** On disk within half a second or 500 checks. Throws ZodError for what is no check. */
    append(skillId: string, check: Check): void;
    flush(): void;
    list(skillId: string, before?: number, limit?: number, outcome?: OutcomeKind): Check[];
    /** `[from, to]` in at most min(points, 360) buckets; a stretch without checks has none. */
    history(skillId: string, from: number, to: number, points: number): HistoryBucket[];
    /** Bars of every known skill, or of one, in `cells` (1 to 360) cells over `[from, to]`. */
    heartbeats(from: number, to: number, cells: number, skillId?: string): Heartbeat[];
    /** How often checks failed with `signature`, and in how many skills. */
    countMatching(signature: string): { readonly errors: number; readonly skills: number };
  };
  readonly actions: {
    /** Durable when a person ordered it. */
    add(action: Omit<Action, 'id'>): Action;
    list(query: Page & ActionFilter): Action[];
    /** What happened in `[from, to]`, oldest first, at most the newest 500. */
    marks(skillId: string, from: number, to: number): HistoryMark[];
  };
  readonly incidents: {
    open(incident: Omit<Incident, 'id'>): Incident;
    update(incident: Incident): void;
    /** A person's word on it. Durable. */
    decide(incident: Incident): void;
    get(id: number): Incident | undefined;
    /** The newest of the skill that has not ended. */
    current(skillId: string): Incident | null;
    list(query: Page & IncidentFilter): Incident[];
    openAll(): Incident[];
  };
  readonly noticeLog: {
    add(notice: Omit<Notice, 'id'>): Notice;
    /** Puts a later word in the place of the one with the same id. */
    update(notice: Notice): Notice;
    list(limit: number): Notice[];
  };
  readonly fixes: {
    all(): FixPattern[];
    /** Durable. */
    insert(fix: Omit<FixPattern, 'id'>): FixPattern;
    /** Durable. */
    update(fix: FixPattern): void;
    /** Durable. */
    remove(id: number): void;
    /** Durable. */
    addFeedback(feedback: FixFeedback): void;
    feedback(fixId: number): FixFeedback[];
    /** Writes `pattern` with the past of the fix `from`, which goes. Durable. */
    merge(from: number, pattern: FixPattern): void;
    /** Durable. */
    addEdit(edit: FixEdit): void;
    /** Oldest first. */
    edits(fixId: number): FixHistoryEntry[];
  };
  /** What is known of fixes shared with a fleet. */
  readonly sharedFixes: {
    all(): SharedFixRow[];
    /** A person's decision about one. Durable. */
    save(row: SharedFixRow): void;
    /** What the fleet told, at once. Not durable: it tells it again. */
    take(news: SharedFixNews): void;
  };
  readonly trials: {
    all(): FixTrial[];
    /** Durable. */
    add(trial: Omit<FixTrial, 'id'>): FixTrial;
    /** Durable when it has been decided. */
    update(trial: FixTrial): void;
  };
  readonly proposals: {
    all(): FixProposal[];
    /** Durable. */
    add(proposal: Omit<FixProposal, 'id'>): FixProposal;
    /** Durable. */
    update(proposal: FixProposal): void;
  };
  /** What people did about skills in trouble, by incident. */
  readonly troubled: {
    all(): TroubledRow[];
    put(row: TroubledRow): void;
    remove(incidentId: number): void;
  };
  readonly tasks: {
    all(): ScheduledTask[];
    /** Durable when something a person decides has changed. */
    save(task: ScheduledTask): void;
    /** Durable. */
    remove(id: string): void;
    addRun(run: TaskRun): void;
    runs(query: Page & { readonly taskId?: string | undefined }): TaskRun[];
  };
  readonly runs: {
    put(run: RunRecord): void;
    remove(skillId: string, runId: string): void;
    all(): RunRecord[];
  };
  /** The kept versions of installed skills. */
  readonly versions: {
    all(): StoredVersion[];
    /** Puts these in the place of all there are of the skill, at once. Durable. */
    save(skillId: string, versions: readonly StoredVersion[]): void;
    noteHealthy(skillId: string, versionId: string, at: number): void;
  };
  /** Deletes everything that is known of a skill, its logs included. Durable. */
  forget(skillId: string): void;
  readonly logs: {
    append(line: Omit<LogLine, 'id'>): LogLine;
    /** In slices, between which the event loop does other things. Throws LogQueryError for a pattern that is none or would never end. */
    read(query: LogQuery): Promise<LogAnswer>;
    noteDropped(skillId: string, bytes: number): void;
  };
  /** Deletes what is past its time, for about `budgetMs`. `done` false: call again. */
  retention(retention: Retention, budgetMs: number): { readonly done: boolean };
  /** When the newest backup was made, epoch ms; null when there is none. */
  lastBackupAt(): number | null;
  /** Copies the database beside itself, in a thread of its own. Settles when done; a failure becomes a notice. */
  backupNow(): Promise<void>;
  /** Writes what waits and lets go of the files. Closing twice does nothing. */
  close(): void;
}
