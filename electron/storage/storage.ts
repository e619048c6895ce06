// Over 200 lines on purpose: every table family bound to the store, one line each, in one place.
import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { checkSchema } from '../../shared/model/health.ts';
import { skillIdSchema } from '../../shared/model/primitives.ts';
import type { HostNotice } from '../../shared/model/runtime.ts';
import { Backups } from './backups.ts';
import { diskTroubleOf } from './database.ts';
import { MAX_POINTS } from './history/bucket-plan.ts';
import { queryHeartbeats } from './history/heartbeats.ts';
import { queryHistory } from './history/history.ts';
import { quarantineSpans } from './history/quarantine-spans.ts';
import { LogStore } from './logs/log-store.ts';
import { notice, troubleWords } from './notices.ts';
import { retain } from './retention.ts';
import type { Storage, StorageOptions } from './storage-contract.ts';
import { Store } from './store.ts';
import { insertAction, listActions, listMarks } from './tables/actions.ts';
import { countSignature, listChecks } from './tables/checks.ts';
import {
  allProposals,
  allTrials,
  allTroubled,
  deleteTroubled,
  insertProposal,
  insertTrial,
  putProposal,
  putTrial,
  putTroubled,
} from './tables/fix-trials.ts';
import {
  allFixes,
  deleteFix,
  insertFeedback,
  insertFix,
  insertFixEdit,
  listFeedback,
  listFixEdits,
  mergeFix,
  putFix,
} from './tables/fixes.ts';
import { forgetSkill } from './tables/forget.ts';
import {
  findIncident,
  insertIncident,
  listIncidents,
  openIncidents,
  putIncident,
} from './tables/incidents.ts';
import { readMeta, writeMeta } from './tables/meta.ts';
import { insertNotice, listNotices, putNotice } from './tables/notices.ts';
import { allRuns, deleteRun, putRun } from './tables/runs.ts';
import { allSharedFixes, deleteSharedFix, putSharedFix } from './tables/shared-fixes.ts';
import { allVersions, noteHealthyVersion, replaceVersions } from './tables/skill-versions.ts';
import { allSkills, deleteSkill, putSkill, storedSkillSchema } from './tables/skills.ts';
import { allTasks, deleteTask, insertTaskRun, listTaskRuns, putTask, taskDecisions } from './tables/tasks.ts';
import { WriteBuffer } from './write-buffer.ts';

export type { LogAnswer, LogQuery } from './logs/log-query.ts';
export type { SharedFixNews, Storage, StorageOptions } from './storage-contract.ts';
export type { StorageMode } from './store.ts';
export type { TroubledRow } from './tables/fix-trials.ts';
export type { FixFeedback } from './tables/fixes.ts';
export type { RunRecord } from './tables/runs.ts';
export type { SharedFixRow } from './tables/shared-fixes.ts';
export { type StoredVersion, storedVersionSchema } from './tables/skill-versions.ts';
export type { StoredSkill } from './tables/skills.ts';

const MAX_NOTICES = 50;
const DEFAULT_LIMIT = 100;
const RETRY_AFTER_MS = 30_000;

/** Opens the data folder whatever state it is in. Never throws for the disk's troubles. */
export function openStorage(options: StorageOptions): Storage {
  const { dataDir, nowMs, onNotice } = options;
  const path = join(dataDir, 'skillward.db');
  const notices: HostNotice[] = [];
  const tell = (found: HostNotice): void => {
    notices.push(found);
    notices.splice(0, notices.length - MAX_NOTICES);
    onNotice?.(found);
  };
  const retryAfterMs = options.retryAfterMs ?? RETRY_AFTER_MS;
  const store = new Store({ path, dataDir, nowMs, onNotice: tell, retryAfterMs });
  notices.push(...store.openingNotices);
  const buffer = new WriteBuffer(store, nowMs);
  const logs = new LogStore({
    folder: join(dataDir, 'logs'),
    files: options.logFiles,
    fileBytes: options.logFileBytes,
    onUnwritable: (error) => {
      const why = troubleWords[diskTroubleOf(error) ?? 'io'];
      const message = `Log lines are kept in memory only: the logs folder takes nothing, ${why}.`;
      tell(notice(nowMs(), 'warning', 'logs_unwritable', message));
    },
  });
  const tending = setInterval(() => buffer.flush(), retryAfterMs);
  tending.unref();
  const backups = new Backups(dataDir);
  const savedDecisions = new Map<string, string>();
  let closed = false;

  return {
    notices,
    get mode() {
      return store.mode;
    },
    instanceId: instanceIdOf(store, dataDir),
    sizeBytes: () => store.sizeBytes,
    skills: {
      all: () => {
        buffer.flush();
        return store.read(allSkills);
      },
      save: (skill) => {
        const checked = storedSkillSchema.parse(skill);
        buffer.dropProgress(checked.skillId);
        store.write((db) => putSkill(db, checked), 'durable');
      },
      saveRecord: (skillId, record, monitorState, healthSince, cause = null) => {
        buffer.addProgress(skillIdSchema.parse(skillId), { record, monitorState, healthSince, cause });
      },
      remove: (skillId) => {
        buffer.dropProgress(skillId);
        store.write((db) => deleteSkill(db, skillId), 'durable');
      },
    },
    checks: {
      append: (skillId, check) => buffer.addCheck(skillIdSchema.parse(skillId), checkSchema.parse(check)),
      flush: () => buffer.flush(),
      list: (skillId, before = Number.MAX_SAFE_INTEGER, limit = DEFAULT_LIMIT, outcome) => {
        buffer.flush();
        const lists = store.history((dbs) =>
          dbs.map((db) => listChecks(db, skillId, before, limit, outcome)),
        );
        return newestFirst(lists, (check) => check.at, limit);
      },
      history: (skillId, from, to, points) => {
        buffer.flush();
        return store.history((dbs) => queryHistory(dbs, skillId, from, to, points));
      },
      heartbeats: (from, to, cells, skillId) => {
        buffer.flush();
        const skillIds =
          skillId === undefined ? store.read(allSkills).map((skill) => skill.skillId) : [skillId];
        const bounded = Math.min(MAX_POINTS, Math.max(1, Math.floor(cells)));
        return store.history((dbs) =>
          queryHeartbeats(dbs, { from, to, cells: bounded, skillIds, quarantines: quarantineSpans(dbs, to) }),
        );
      },
      countMatching: (signature) => {
        buffer.flush();
        return store.history((dbs) => {
          const counts = dbs.map((db) => countSignature(db, signature));
          const errors = counts.flatMap((count) => [...count.values()]).reduce((sum, n) => sum + n, 0);
          return { errors, skills: new Set(counts.flatMap((count) => [...count.keys()])).size };
        });
      },
    },
    actions: {
      add: (action) =>
        store.write((db) => insertAction(db, action), action.origin === 'user' ? 'durable' : 'normal'),
      list: ({ before = Number.MAX_SAFE_INTEGER, limit = DEFAULT_LIMIT, ...filter }) => {
        const lists = store.history((dbs) => dbs.map((db) => listActions(db, filter, before, limit)));
        return newestFirst(lists, (action) => action.at, limit);
      },
      marks: (skillId, from, to) =>
        store.history((dbs) => dbs.flatMap((db) => listMarks(db, skillId, from, to))),
    },
    incidents: {
      open: (incident) => store.write((db) => insertIncident(db, incident)),
      update: (incident) => store.write((db) => putIncident(db, incident)),
      decide: (incident) => store.write((db) => putIncident(db, incident), 'durable'),
      // The refuge comes last and holds the newer version of an incident both have.
      get: (id) => store.history((dbs) => dbs.flatMap((db) => findIncident(db, id) ?? [])).at(-1),
      current: (skillId) => store.read((db) => openIncidents(db, skillId))[0] ?? null,
      list: ({ before = Number.MAX_SAFE_INTEGER, limit = DEFAULT_LIMIT, ...filter }) => {
        const lists = store.history((dbs) =>
          dbs.map((db, at) =>
            // The refuge comes last: what it holds of an incident is newer, also where it no longer fits the filter.
            listIncidents(db, filter, before, limit).filter(({ id }) =>
              dbs.slice(at + 1).every((newer) => findIncident(newer, id) === undefined),
            ),
          ),
        );
        return newestFirst(lists, (incident) => incident.startedAt, limit);
      },
      openAll: () => store.read((db) => openIncidents(db)),
    },
    noticeLog: {
      add: (added) => store.write((db) => insertNotice(db, added)),
      update: (changed) => store.write((db) => putNotice(db, changed)),
      list: (limit) => {
        const lists = store.history((dbs) => dbs.map((db) => listNotices(db, limit)));
        const byId = new Map(lists.flat().map((entry) => [entry.id, entry]));
        return newestFirst([[...byId.values()]], (entry) => entry.id, limit);
      },
    },
    fixes: {
      all: () => store.read(allFixes),
      insert: (fix) => store.write((db) => insertFix(db, fix), 'durable'),
      update: (fix) => store.write((db) => putFix(db, fix), 'durable'),
      remove: (id) => store.write((db) => deleteFix(db, id), 'durable'),
      addFeedback: (feedback) => store.write((db) => insertFeedback(db, feedback), 'durable'),
      feedback: (fixId) => store.history((dbs) => dbs.flatMap((db) => listFeedback(db, fixId))),
      merge: (from, pattern) => store.write((db) => mergeFix(db, from, pattern), 'durable'),
      addEdit: (edit) => store.write((db) => insertFixEdit(db, edit), 'durable'),
      edits: (fixId) => store.read((db) => listFixEdits(db, fixId)),
    },
    sharedFixes: {
      all: () => store.read(allSharedFixes),
      save: (row) => store.write((db) => putSharedFix(db, row), 'durable'),
      take: ({ rows, removedKeys, patterns, removedFixes }) =>
        store.write((db) => {
          for (const row of rows) putSharedFix(db, row);
          for (const key of removedKeys) deleteSharedFix(db, key);
          for (const pattern of patterns) putFix(db, pattern);
          for (const fixId of removedFixes) deleteFix(db, fixId);
        }),
    },
    trials: {
      all: () => store.read(allTrials),
      add: (trial) => store.write((db) => insertTrial(db, trial), 'durable'),
      update: (trial) =>
        store.write((db) => putTrial(db, trial), trial.decidedAt === null ? 'normal' : 'durable'),
    },
    proposals: {
      all: () => store.read(allProposals),
      add: (proposal) => store.write((db) => insertProposal(db, proposal), 'durable'),
      update: (proposal) => store.write((db) => putProposal(db, proposal), 'durable'),
    },
    troubled: {
      all: () => store.read(allTroubled),
      put: (row) => store.write((db) => putTroubled(db, row)),
      remove: (incidentId) => store.write((db) => deleteTroubled(db, incidentId)),
    },
    tasks: {
      all: () => {
        const tasks = store.read(allTasks);
        for (const task of tasks) savedDecisions.set(task.id, taskDecisions(task));
        return tasks;
      },
      save: (task) => {
        const decisions = taskDecisions(task);
        const decided = savedDecisions.get(task.id) !== decisions;
        store.write((db) => putTask(db, task), decided ? 'durable' : 'normal');
        savedDecisions.set(task.id, decisions);
      },
      remove: (id) => {
        savedDecisions.delete(id);
        store.write((db) => deleteTask(db, id), 'durable');
      },
      addRun: (run) => store.write((db) => insertTaskRun(db, run)),
      runs: ({ taskId, before = Number.MAX_SAFE_INTEGER, limit = DEFAULT_LIMIT }) => {
        const lists = store.history((dbs) => dbs.map((db) => listTaskRuns(db, taskId, before, limit)));
        return newestFirst(lists, (run) => run.startedAt, limit);
      },
    },
    runs: {
      put: (run) => store.write((db) => putRun(db, run)),
      remove: (skillId, runId) => store.write((db) => deleteRun(db, skillId, runId)),
      all: () => store.read(allRuns),
    },
    versions: {
      all: () => store.read(allVersions),
      save: (skillId, versions) =>
        store.write((db) => replaceVersions(db, skillIdSchema.parse(skillId), versions), 'durable'),
      noteHealthy: (skillId, versionId, at) =>
        store.write((db) => noteHealthyVersion(db, skillId, versionId, at)),
    },
    forget: (skillId) => {
      buffer.flush();
      buffer.dropProgress(skillId);
      store.write((db) => forgetSkill(db, skillId), 'durable');
      logs.forget(skillId);
    },
    logs,
    retention: (retention, budgetMs) => {
      buffer.flush();
      return store.mode === 'disk'
        ? store.read((db) => retain(db, retention, nowMs(), budgetMs))
        : { done: true };
    },
    lastBackupAt: () => backups.newestAt(),
    backupNow: async () => {
      if (store.mode !== 'disk') return;
      buffer.flush();
      try {
        await backups.makeInBackground(path, nowMs());
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        const message = `The daily backup of the database could not be made: ${why}. The earlier ones are kept.`;
        tell(notice(nowMs(), 'warning', 'storage_backup_failed', message));
      }
    },
    close: () => {
      if (closed) return;
      closed = true;
      clearInterval(tending);
      buffer.flush();
      logs.flush();
      store.close();
    },
  };
}

/** Lists of several databases as one. Each is newest first already; equal times keep their order. */
function newestFirst<T>(lists: readonly (readonly T[])[], timeOf: (entry: T) => number, limit: number): T[] {
  const first = lists[0];
  if (lists.length === 1 && first !== undefined && first.length <= limit) return [...first];
  // Later databases hold later entries, so that they come first among equal times.
  return lists
    .toReversed()
    .flat()
    .sort((a, b) => timeOf(b) - timeOf(a))
    .slice(0, limit);
}

/** A folder nothing can be read from or written to has a name from its path: the next host finds what this one left behind. */
function instanceIdOf(store: Store, dataDir: string): string {
  const known = store.read((db) => readMeta(db, 'instanceId'));
  if (known !== null) return known;
  const made =
    store.mode === 'disk' ? randomUUID() : createHash('sha256').update(dataDir).digest('hex').slice(0, 32);
  store.write((db) => writeMeta(db, 'instanceId', made), 'durable');
  return made;
}
