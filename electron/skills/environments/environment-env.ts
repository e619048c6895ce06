import { type Environment, inheritedEnvironment } from '../launch-env.ts';

/** Where packages come from and how to get there: for the job that installs them, never for a skill. */
const FOR_INSTALLERS = [
  ...[
    'PIP_INDEX_URL',
    'PIP_EXTRA_INDEX_URL',
    'PIP_NO_INDEX',
    'PIP_FIND_LINKS',
    'PIP_TRUSTED_HOST',
    'PIP_PROXY',
  ],
  ...[
    'PIP_CERT',
    'PIP_CLIENT_CERT',
    'PIP_CONFIG_FILE',
    'PIP_CACHE_DIR',
    'PIP_CONSTRAINT',
    'PIP_TIMEOUT',
    'PIP_RETRIES',
  ],
  ...[
    'UV_INDEX',
    'UV_DEFAULT_INDEX',
    'UV_INDEX_URL',
    'UV_EXTRA_INDEX_URL',
    'UV_FIND_LINKS',
    'UV_NO_INDEX',
    'UV_OFFLINE',
  ],
  ...['UV_CONFIG_FILE', 'UV_NATIVE_TLS', 'UV_SYSTEM_CERTS', 'UV_PYTHON_PREFERENCE', 'UV_PYTHON_DOWNLOADS'],
  ...[
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'ALL_PROXY',
    'NO_PROXY',
    'http_proxy',
    'https_proxy',
    'all_proxy',
    'no_proxy',
  ],
  ...['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'XDG_RUNTIME_DIR'],
] as const;

/** So that the output reads well as plain text, and nothing waits for an answer. */
const PLAIN_OUTPUT: Environment = {
  NO_COLOR: '1',
  PIP_NO_COLOR: '1',
  PIP_PROGRESS_BAR: 'off',
  PIP_NO_INPUT: '1',
  UV_NO_PROGRESS: '1',
  PYTHONUNBUFFERED: '1',
  PYTHONIOENCODING: 'utf-8',
};

/** The environment of the steps that make a Python environment: what a skill inherits, and what installers need beside it. */
export function installerEnvironment(
  hostEnv: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): Environment {
  const given: Record<string, string> = {};
  for (const name of FOR_INSTALLERS) {
    const value = hostEnv[name];
    if (value !== undefined && value !== '') given[name] = value;
  }
  return { ...inheritedEnvironment(hostEnv, platform), ...given, ...PLAIN_OUTPUT };
}
