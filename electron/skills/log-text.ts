/** The longest log line kept, bytes; what is longer is cut. */
export const maxLogLineBytes = 8192;

// Colours (CSI … m) stay: the dashboard shows them. Everything else that could steer a terminal goes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what this is about
const steering = /\u001b(?:\[[0-?]*[ -/]*[@-ln-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[^[\]])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const controls = /[\u0000-\u0008\u000a-\u001a\u001c-\u001f\u007f-\u009f]/g;

/** A line a skill wrote, safe to keep and to print: tabs and colours are left of its control characters. */
export function logText(line: string): string {
  return line.replace(steering, '').replace(controls, '');
}
