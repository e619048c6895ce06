// `bare-starter.mjs CHILD COUNT PORT`: at a word on its standard input it starts COUNT skills, eight at a time, and shakes
// hands with each. Not in TypeScript: it is what starting costs without anything around it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const AT_ONCE = 8;
const [, , child, count, port] = process.argv;
let next = 0;

async function startNext() {
  while (next < Number(count)) {
    const name = `child-${next++}`;
    const skill = spawn('python3', [child], { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    const params = { expected_name: name, settings: { port } };
    skill.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'skill.handshake', params, id: 1 })}\n`);
    await once(skill.stdout, 'data');
  }
}

console.log('ready');
await once(process.stdin, 'data');
await Promise.all(Array.from({ length: AT_ONCE }, startNext));
