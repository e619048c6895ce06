import { Anchor, type AnchorProps, Button, type ButtonProps, Menu, type MenuItemProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

// Mantine's look with the router's typed `to`, `params` and `search`. A place to go is a link, never a button.

type Html<Own> = Own &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Own> & { ref?: Ref<HTMLAnchorElement> };

export const ButtonLink = createLink((props: Html<ButtonProps>) => <Button component="a" {...props} />);
export const AnchorLink = createLink((props: Html<AnchorProps>) => <Anchor {...props} />);
export const MenuItemLink = createLink((props: Html<MenuItemProps>) => (
  <Menu.Item component="a" {...props} />
));
