import { Button, JsonInput } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { type FormEvent, useMemo, useState } from 'react';
import type { SkillTool } from '../../../../shared/model/mcp-import.ts';
import { CallOutcome } from './call-outcome.tsx';
import { argumentsOf, type Draft, paramsOf, shownIn } from './tool-arguments.ts';
import { ToolFieldInput } from './tool-field.tsx';
import { toolFields } from './tool-fields.ts';
import classes from './tools.module.css';
import { useInvoke } from './use-invoke.ts';
import { WaitInput } from './wait-input.tsx';

/** A form made from the tool's own schema, the call, and what came of it. */
export function ToolForm({ skillId, tool }: { skillId: string; tool: SkillTool }) {
  const fields = useMemo(() => toolFields(tool.inputSchema), [tool.inputSchema]);
  const [draft, setDraft] = useState<Draft>({});
  const [json, setJson] = useState('{}');
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [withinSecs, setWithinSecs] = useState(30);
  const invoke = useInvoke(skillId);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (invoke.isPending) return;
    const read = fields === null ? wholeOf(json) : argumentsOf(fields, draft);
    setProblems(read.ok ? {} : read.problems);
    if (read.ok) {
      const params = { name: tool.name, arguments: read.values };
      invoke.mutate({ method: 'tools/call', params, withinSecs });
    }
  }

  return (
    <div className={classes.form}>
      <h3 className={classes.toolName}>{tool.name}</h3>
      {tool.description !== null && <p className={classes.description}>{tool.description}</p>}
      <form className={classes.fields} onSubmit={submit} noValidate aria-label={`Call ${tool.name}`}>
        {fields?.length === 0 && <p className={classes.note}>It takes no arguments.</p>}
        {fields?.map((field) => (
          <ToolFieldInput
            key={field.name}
            field={field}
            value={shownIn(field, draft)}
            problem={Object.hasOwn(problems, field.name) ? problems[field.name] : undefined}
            onChange={(value) => setDraft((before) => ({ ...before, [field.name]: value }))}
          />
        ))}
        {fields === null && (
          <JsonInput
            label="Arguments, as a JSON object"
            description="What this tool takes is described in a way no form fits."
            value={json}
            onChange={setJson}
            error={problems.arguments ?? null}
            autosize
            minRows={4}
            maxRows={16}
          />
        )}
        <div className={classes.buttons}>
          <Button
            type="submit"
            variant="filled"
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            loading={invoke.isPending}
          >
            Call {tool.name}
          </Button>
          <WaitInput value={withinSecs} onChange={setWithinSecs} />
        </div>
      </form>
      <CallOutcome call={invoke} />
    </div>
  );
}

function wholeOf(json: string) {
  const read = paramsOf(json);
  return 'problem' in read
    ? ({ ok: false, problems: { arguments: read.problem } } as const)
    : ({ ok: true, values: read.value ?? {} } as const);
}
