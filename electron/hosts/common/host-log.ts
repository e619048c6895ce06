export type HostLog = (
  level: 'info' | 'warning' | 'error',
  event: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;

/** Structured lines on standard error: one JSON object each, so that standard output stays for what a script reads. */
export function stderrLog(write: (line: string) => void = (line) => process.stderr.write(line)): HostLog {
  return (level, event, fields = {}) => {
    write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...fields })}\n`);
  };
}

/** An error as fields of a log line: its message and stack, never the objects that hang on it. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (error instanceof Error) return { error: error.message, stack: error.stack };
  return error === null || error === undefined ? {} : { error: String(error) };
}
