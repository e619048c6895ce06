import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { isFileError } from './catalog-files.ts';

export type Environment = Readonly<Record<string, string>>;

/** Where things are and how text is shown. Nothing in here is a secret, nothing changes how Python behaves. */
const inherited = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LANGUAGE',
  'TZ',
  'TERM',
  'TMPDIR',
  'XDG_CACHE_HOME',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'UV_CACHE_DIR',
  'UV_PYTHON_INSTALL_DIR',
];
/** Windows programs fail in odd ways without these. */
const inheritedOnWindows = [
  'ALLUSERSPROFILE',
  'APPDATA',
  'COMSPEC',
  'HOMEDRIVE',
  'HOMEPATH',
  'LOCALAPPDATA',
  'NUMBER_OF_PROCESSORS',
  'PATHEXT',
  'PROCESSOR_ARCHITECTURE',
  'PROGRAMDATA',
  'PROGRAMFILES',
  'PROGRAMFILES(X86)',
  'SYSTEMDRIVE',
  'SYSTEMROOT',
  'TEMP',
  'TMP',
  'USERNAME',
  'USERPROFILE',
  'WINDIR',
];

/** So that what a skill prints arrives at once, as UTF-8, and a crash in C code leaves a trace (DESIGN.md section 5). */
const forPython: Environment = {
  PYTHONUNBUFFERED: '1',
  PYTHONIOENCODING: 'utf-8',
  PYTHONFAULTHANDLER: '1',
};

/**
 * The part of the host's environment a skill gets: an allow-list, since the rest may hold other programs' secrets.
 * Values that begin with `()` are shell functions exported by old shells and are left out.
 */
export function inheritedEnvironment(
  hostEnv: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): Environment {
  const windows = platform === 'win32';
  const allowed = new Set(windows ? [...inherited, ...inheritedOnWindows] : inherited);
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(hostEnv)) {
    const known = windows ? name.toUpperCase() : name;
    if (value === undefined || value.startsWith('()')) continue;
    if (allowed.has(known) || known.startsWith('LC_')) kept[name] = value;
  }
  return kept;
}

/**
 * The complete environment of a skill: inherited, for Python, its data folder, what its manifest sets (`own`) and its
 * credentials by variable.
 */
export function launchEnvironment(
  base: Environment,
  skillData: string,
  own: Environment,
  credentials: Environment,
): Environment {
  return { ...base, ...forPython, ...own, ...credentials, SKILLWARD_SKILL_DATA: skillData };
}

/**
 * What a one-shot run is told by its environment, having no handshake: its settings as one JSON object, and the two
 * variables that scripts written for older hosts look at.
 */
export function oneShotEnvironment(
  skillId: string,
  timeoutSecs: number,
  settings: Readonly<Record<string, string>>,
): Environment {
  return {
    FAE_SKILL_NAME: skillId,
    FAE_SKILL_TIMEOUT: String(timeoutSecs),
    ...(Object.keys(settings).length > 0 ? { SKILLWARD_SETTINGS: JSON.stringify(settings) } : {}),
  };
}

/** The folder in which a skill may keep things, and why it could not be made; null when it is there. */
interface SkillData {
  readonly folder: string;
  readonly missing: string | null;
}

/**
 * Makes a skill's data folder, readable by its owner only. A disk that takes none is no reason not to start the skill
 * (DESIGN.md section 7): most keep nothing, and one that does says itself what it cannot write.
 */
export async function makeSkillData(dataDir: string, skillId: string): Promise<SkillData> {
  const folder = path.join(dataDir, 'skills', skillId);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return { folder, missing: null };
  } catch (error) {
    if (!isFileError(error)) throw error;
    return { folder, missing: `its data folder cannot be made (${error.message}): it can keep nothing` };
  }
}
