import { ActionIcon, Kbd, Menu } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import {
  IconCircleOff,
  IconCopy,
  IconDots,
  IconLink,
  IconPencilPlus,
  IconPlayerPause,
  IconRefresh,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { Skill } from '../../../shared/model/skill.ts';
import { errorOf } from '../../components/display-state.ts';
import { toastDone } from '../../components/toast.tsx';
import { useReadOnly } from '../../state/shown-host.ts';
import type { SkillAction, SkillActionId } from '../../state/skill-action-list.ts';
import { reloadSkills } from '../../state/skill-actions.ts';

const ICONS: Partial<Record<SkillActionId, typeof IconDots>> = {
  stop: IconPlayerPause,
  disable: IconCircleOff,
};
const ICON = { size: 15, stroke: 1.7 } as const;

/** What is done less often: pause, disable, copy, record a fix. `actions` are those without a button of their own. */
export function SkillMenu({ skill, actions }: { skill: Skill; actions: readonly SkillAction[] }) {
  const clipboard = useClipboard();
  const readOnly = useReadOnly();
  const navigate = useNavigate();
  const error = errorOf(skill);

  function copy(text: string, said: string): void {
    clipboard.copy(text);
    toastDone(said, { key: 'copied' });
  }

  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={`More for ${skill.id}`}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {readOnly !== null && <Menu.Label>{readOnly}</Menu.Label>}
        {actions.map((action) => {
          const Icon = ICONS[action.id] ?? IconDots;
          return (
            <Menu.Item
              key={action.id}
              leftSection={<Icon {...ICON} />}
              rightSection={action.keys === null ? undefined : <Kbd>{action.keys}</Kbd>}
              disabled={readOnly !== null}
              onClick={() => action.run(skill.id)}
            >
              {action.label}
            </Menu.Item>
          );
        })}
        {skill.broken !== undefined && (
          <Menu.Item
            disabled={readOnly !== null}
            leftSection={<IconRefresh {...ICON} />}
            onClick={() => void reloadSkills()}
          >
            Read the folders again
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item
          disabled={readOnly !== null}
          leftSection={<IconPencilPlus {...ICON} />}
          onClick={() =>
            void navigate({
              to: '/fixes',
              search: {
                record: 1,
                skill: skill.id,
                ...(error === null ? {} : { error: error.slice(0, 4000) }),
              },
            })
          }
        >
          Record a fix…
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy {...ICON} />} onClick={() => copy(skill.id, 'Id copied')}>
          Copy id
        </Menu.Item>
        <Menu.Item leftSection={<IconLink {...ICON} />} onClick={() => copy(location.href, 'Link copied')}>
          Copy link to this page
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
