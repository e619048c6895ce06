/** Processor time this thread has used so far, ms: what a busy machine gives to others in between does not count. */
export function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
