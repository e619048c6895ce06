import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { CommandAnswer } from '../../shared/contract/index.ts';
import { call } from '../bridge/call.ts';

/** What a skill's credentials come from, and how they are kept here. Never the values. */
export function useCredentials(skillId: string): UseQueryResult<CommandAnswer<'credential.list'>> {
  return useQuery({
    queryKey: ['credentials', skillId],
    queryFn: () => call('credential.list', { skillId }),
  });
}

/** The kept versions of an installed skill, as the host lists them: newest first. */
export function useVersions(
  skillId: string,
  enabled: boolean,
): UseQueryResult<CommandAnswer<'skill.versions'>['versions']> {
  return useQuery({
    queryKey: ['versions', skillId],
    queryFn: async () => (await call('skill.versions', { skillId })).versions,
    enabled,
  });
}

/** What would be done to make the skill's environment. */
export function useEnvironmentPlan(skillId: string): UseQueryResult<CommandAnswer<'environment.plan'>> {
  return useQuery({
    queryKey: ['environment', skillId],
    queryFn: () => call('environment.plan', { skillId }),
    retry: false,
  });
}

/** What an MCP server offers. Asked only while it runs: a server that does not run has nothing to offer. */
export function useTools(
  skillId: string,
  running: boolean,
): UseQueryResult<CommandAnswer<'skill.tools'>['tools']> {
  return useQuery({
    queryKey: ['tools', skillId],
    queryFn: async () => (await call('skill.tools', { skillId })).tools,
    enabled: running,
  });
}

/** Configurations of other programs on this machine that list MCP servers. */
export function useImportSources(): UseQueryResult<CommandAnswer<'import.sources'>['sources']> {
  return useQuery({
    queryKey: ['import-sources'],
    queryFn: async () => (await call('import.sources', {})).sources,
    staleTime: 0,
  });
}
