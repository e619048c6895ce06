import { Menu } from '@mantine/core';
import { errorOf } from '../../components/display-state.ts';
import { Keys } from '../../components/keys-caps.tsx';
import { MenuItemLink } from '../../components/links.tsx';
import { useSkill } from '../../state/host-store.ts';
import { useReadOnly } from '../../state/shown-host.ts';
import { skillActions } from '../../state/skill-action-list.ts';

/** Where a row's menu opens, page px, and the button to give the focus back to. */
export interface MenuPlace {
  readonly skillId: string;
  readonly x: number;
  readonly y: number;
  readonly button?: HTMLButtonElement;
}

/** One menu for the whole table: 200 rows need not carry 200 of them. */
export function RowMenu({ place, onClose }: { place: MenuPlace; onClose: () => void }) {
  const skill = useSkill(place.skillId);
  const readOnly = useReadOnly();
  if (skill === undefined) return null;
  const error = errorOf(skill);
  function close(): void {
    onClose();
    place.button?.focus();
  }
  return (
    <Menu
      opened
      onClose={close}
      position={place.button === undefined ? 'bottom-start' : 'bottom-end'}
      width={220}
    >
      <Menu.Target>
        <span style={{ position: 'fixed', left: place.x, top: place.y }} aria-hidden="true" />
      </Menu.Target>
      <Menu.Dropdown aria-label={`Actions for ${skill.id}`}>
        <MenuItemLink
          to="/skill/$skillId"
          params={{ skillId: skill.id }}
          rightSection={<Keys keys="Enter" />}
        >
          Open
        </MenuItemLink>
        {readOnly !== null && <Menu.Label>{readOnly}</Menu.Label>}
        {skillActions(skill).map((action) => (
          <Menu.Item
            key={action.id}
            disabled={readOnly !== null}
            onClick={() => action.run(skill.id)}
            rightSection={action.keys === null ? null : <Keys keys={action.keys} />}
          >
            {action.label}
          </Menu.Item>
        ))}
        {error !== null && skill.broken === undefined && (
          <MenuItemLink to="/fixes" search={{ record: 1, skill: skill.id, error: error.slice(0, 4000) }}>
            Record a fix
          </MenuItemLink>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
