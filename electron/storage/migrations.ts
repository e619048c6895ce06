import { type Connection, diskTroubleOf } from './database.ts';

/** Marks the file as Skillward's ("SKWD"), so that another program's database is never taken for ours. */
export const APPLICATION_ID = 0x534b5744;

/**
 * The schema's history: entry n takes a file from version n to n + 1. Entries are never edited once released;
 * a new one is appended, and a file of that version is kept with the migration tests.
 *
 * `checks` is clustered by (skill, at): about 21 bytes a row, and a chart reads neighbouring pages. `n` tells checks of
 * one millisecond apart and costs nothing while it is 0. Latencies are whole tenths of a millisecond. What a check
 * complained about stands once in `troubles`. `roll_ups` (15 min) are kept up with every insert, `coarse_roll_ups` (2 h)
 * whenever a stretch is over; `tally` is the text `Tally.encode` makes.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE skills (
    skill_id TEXT PRIMARY KEY, lifecycle TEXT NOT NULL, paused INTEGER NOT NULL, record TEXT NOT NULL,
    health_since INTEGER, monitor_state TEXT NOT NULL, fingerprint TEXT, updated_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE skill_keys (key INTEGER PRIMARY KEY, skill_id TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE checks (
    skill INTEGER NOT NULL, at INTEGER NOT NULL, n INTEGER NOT NULL,
    outcome INTEGER NOT NULL, latency INTEGER, trouble INTEGER,
    PRIMARY KEY (skill, at, n)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE troubles (
    id INTEGER PRIMARY KEY, digest INTEGER NOT NULL, body TEXT NOT NULL, last_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX troubles_by_digest ON troubles (digest);
  CREATE INDEX troubles_by_last_at ON troubles (last_at);
  CREATE TABLE roll_ups (
    skill INTEGER NOT NULL, slot INTEGER NOT NULL, checks INTEGER NOT NULL, tally TEXT NOT NULL,
    PRIMARY KEY (skill, slot)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE coarse_roll_ups (
    skill INTEGER NOT NULL, slot INTEGER NOT NULL, checks INTEGER NOT NULL, tally TEXT NOT NULL,
    PRIMARY KEY (skill, slot)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE signature_counts (
    signature TEXT NOT NULL, skill INTEGER NOT NULL, errors INTEGER NOT NULL, last_at INTEGER NOT NULL,
    PRIMARY KEY (signature, skill)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE actions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL, skill_id TEXT,
    origin TEXT NOT NULL, reason TEXT NOT NULL, result TEXT NOT NULL
  ) STRICT;
  CREATE INDEX actions_by_at ON actions (at);
  CREATE INDEX actions_by_skill ON actions (skill_id, at);
  CREATE INDEX quarantines ON actions (skill_id, at, kind) WHERE kind IN ('quarantineSkill', 'releaseSkill');

  CREATE TABLE incidents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, skill_id TEXT NOT NULL, signature TEXT NOT NULL, error TEXT NOT NULL,
    state TEXT NOT NULL, started_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL, ended_at INTEGER,
    failures INTEGER NOT NULL, note TEXT, muted_until INTEGER, quarantined INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX incidents_by_start ON incidents (started_at);
  CREATE INDEX incidents_by_skill ON incidents (skill_id, started_at);
  CREATE INDEX incidents_open ON incidents (skill_id) WHERE ended_at IS NULL;

  CREATE TABLE notices (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, level TEXT NOT NULL, title TEXT NOT NULL,
    body TEXT NOT NULL, skill_id TEXT
  ) STRICT;

  CREATE TABLE fixes (
    id INTEGER PRIMARY KEY AUTOINCREMENT, error_signature TEXT NOT NULL, fix_description TEXT NOT NULL, skill_id TEXT,
    success_count INTEGER NOT NULL, failure_count INTEGER NOT NULL, created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL, last_used_at INTEGER, sample TEXT NOT NULL, signature_version INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE fix_feedback (
    id INTEGER PRIMARY KEY AUTOINCREMENT, fix_id INTEGER NOT NULL, skill_id TEXT, worked INTEGER NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX fix_feedback_by_fix ON fix_feedback (fix_id);

  CREATE TABLE tasks (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE task_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, task_id TEXT NOT NULL, started_at INTEGER NOT NULL, duration_ms REAL NOT NULL,
    outcome TEXT NOT NULL, soft_timeout INTEGER NOT NULL, summary TEXT NOT NULL
  ) STRICT;
  CREATE INDEX task_runs_by_start ON task_runs (started_at);
  CREATE INDEX task_runs_by_task ON task_runs (task_id, started_at);

  CREATE TABLE runs (
    skill_id TEXT NOT NULL, run_id TEXT NOT NULL, pid INTEGER NOT NULL, start_ticks TEXT, started_at INTEGER NOT NULL,
    PRIMARY KEY (skill_id, run_id)
  ) STRICT, WITHOUT ROWID;
  `,
  // Fixes that are tried, and the memory of what people did while a skill was in trouble (DESIGN.md section 9).
  `
  ALTER TABLE fixes ADD COLUMN safe_action TEXT;
  ALTER TABLE fixes ADD COLUMN auto_apply INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE incidents ADD COLUMN regressed_fix_id INTEGER;
  ALTER TABLE notices ADD COLUMN proposal_id INTEGER;

  CREATE TABLE fix_trials (
    id INTEGER PRIMARY KEY AUTOINCREMENT, fix_id INTEGER NOT NULL, skill_id TEXT NOT NULL, applied_at INTEGER NOT NULL,
    state TEXT NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX fix_trials_by_fix ON fix_trials (fix_id);
  CREATE INDEX fix_trials_by_skill ON fix_trials (skill_id, applied_at);
  CREATE TABLE troubled (
    incident_id INTEGER PRIMARY KEY, skill_id TEXT NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE fix_proposals (
    id INTEGER PRIMARY KEY AUTOINCREMENT, incident_id INTEGER NOT NULL UNIQUE, skill_id TEXT NOT NULL,
    at INTEGER NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL
  ) STRICT;
  `,
  // What people say about incidents, notices that speak for several, the past of a fix, the versions of a skill, and why
  // its process last ended.
  // `extra` is a JSON object: members only ever read together with their row.
  `
  ALTER TABLE incidents ADD COLUMN extra TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE notices ADD COLUMN extra TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE fixes ADD COLUMN extra TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE task_runs ADD COLUMN late_ms REAL;
  ALTER TABLE skills ADD COLUMN cause TEXT;

  CREATE TABLE fix_edits (
    id INTEGER PRIMARY KEY AUTOINCREMENT, fix_id INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL,
    skill_id TEXT, detail TEXT NOT NULL
  ) STRICT;
  CREATE INDEX fix_edits_by_fix ON fix_edits (fix_id, at);
  CREATE TABLE skill_versions (
    skill_id TEXT NOT NULL, version_id TEXT NOT NULL, version TEXT NOT NULL, installed_at INTEGER NOT NULL,
    healthy_at INTEGER, linked INTEGER NOT NULL, current INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (skill_id, version_id)
  ) STRICT, WITHOUT ROWID;
  `,
  // What is known of fixes shared with a fleet: `body` is one as the fleet had it last.
  `
  CREATE TABLE shared_fixes (
    key TEXT PRIMARY KEY, state TEXT NOT NULL, fix_id INTEGER, body TEXT
  ) STRICT, WITHOUT ROWID;
  `,
];

/** The version this program reads and writes. */
export const SCHEMA_VERSION = migrations.length;

/** A file's schema version; 0 for one that was never set up. */
export function schemaVersion(db: Connection): number {
  return Number(db.pragma('user_version'));
}

/** A step that does not fit the file: it is not what its version says it is. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/**
 * Brings a database to `SCHEMA_VERSION`, each step a transaction: what was reached before a failure stays good.
 * Throws MigrationError, or what the disk says.
 */
export function migrate(db: Connection, steps: readonly string[] = migrations): void {
  for (let version = schemaVersion(db); version < steps.length; version += 1) {
    try {
      db.durably(() => {
        db.exec(steps[version] ?? '');
        db.exec(`PRAGMA user_version = ${version + 1}; PRAGMA application_id = ${APPLICATION_ID};`);
      });
    } catch (error) {
      if (diskTroubleOf(error) !== null) throw error;
      throw new MigrationError(
        `step ${version + 1}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}
