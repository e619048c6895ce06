// The one barrel of the house (DESIGN.md section 2): what both sides of every channel import.
export * from './bridge.ts';
export * from './commands.ts';
export * from './envelope.ts';
export * from './events.ts';
export * from './fleet-commands.ts';
export * from './snapshot.ts';
