import { CommandError } from '../../shared/contract/index.ts';
import type { SkillTool } from '../../shared/model/mcp-import.ts';
import { asObject, ownMember, plainText } from '../skills/json-line.ts';
import type { Supervisor } from '../skills/supervisor.ts';

/** A server decides how it pages; what it may make us hold is bounded. */
const MAX_PAGES = 50;
const MAX_TOOLS = 1000;
const MAX_SCHEMA_CHARS = 65_536;
const MAX_ALL_CHARS = 2_000_000;
/** For all pages together, ms. */
const TIME_LIMIT_MS = 15_000;

/**
 * Everything an MCP server offers, page by page. Throws `CommandError` when it does not answer or answers something else;
 * a tool without a name is left out, a schema too large to be shown is null.
 */
export async function listTools(
  supervisor: Pick<Supervisor, 'invoke'>,
  skillId: string,
  monotonicMs: () => number,
): Promise<SkillTool[]> {
  const deadlineMs = monotonicMs() + TIME_LIMIT_MS;
  const tools: SkillTool[] = [];
  const seen = new Set<string>();
  let cursor: string | null = null;
  let chars = 0;
  for (let page = 0; page < MAX_PAGES && tools.length < MAX_TOOLS && chars < MAX_ALL_CHARS; page += 1) {
    const params: Record<string, unknown> | undefined = cursor === null ? undefined : { cursor };
    const leftMs = Math.max(1, deadlineMs - monotonicMs());
    const answer = await supervisor.invoke(skillId, 'tools/list', params, leftMs);
    if (!answer.ok) {
      const code = answer.kind === 'timeout' || answer.kind === 'unavailable' ? answer.kind : 'skill_error';
      throw new CommandError(code, `${skillId} did not list its tools: ${plainText(answer.message)}`);
    }
    const result = asObject(answer.result);
    const listed = result === null ? undefined : ownMember(result, 'tools');
    if (result === null || !Array.isArray(listed))
      throw new CommandError('skill_error', `${skillId} answered tools/list without a list of tools.`);
    for (const entry of listed.slice(0, MAX_TOOLS - tools.length)) {
      const tool = readTool(entry);
      if (tool === null) continue;
      tools.push(tool);
      chars += JSON.stringify(tool).length;
    }
    const next = ownMember(result, 'nextCursor');
    // A cursor that comes back would go round for ever.
    if (typeof next !== 'string' || seen.has(next)) return tools;
    seen.add(next);
    cursor = next;
  }
  return tools;
}

function readTool(entry: unknown): SkillTool | null {
  const tool = asObject(entry);
  const name = tool === null ? undefined : ownMember(tool, 'name');
  if (tool === null || typeof name !== 'string' || name === '' || name.length > 200) return null;
  const description = ownMember(tool, 'description');
  const schema = ownMember(tool, 'inputSchema') ?? null;
  return {
    name: plainText(name, 200),
    description: typeof description === 'string' ? plainText(description) : null,
    inputSchema: JSON.stringify(schema).length > MAX_SCHEMA_CHARS ? null : schema,
  };
}
