import {
  ActionIcon,
  Badge,
  Button,
  Card,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  defaultVariantColorsResolver,
  Kbd,
  type MantineColorsTuple,
  Menu,
  Modal,
  Notification,
  Paper,
  Tooltip,
  type VariantColorsResolver,
} from '@mantine/core';

/** The one accent: shade 8 carries white text (6.3 : 1), shade 4 carries dark text in the dark scheme (9 : 1). */
const ward: MantineColorsTuple = [
  '#e2f0ee',
  '#c5e3df',
  '#9fd6cc',
  '#77d5c0',
  '#4fd1b5',
  '#2fae97',
  '#1c8b7c',
  '#127a71',
  '#0c6b66',
  '#08524e',
];
/** Warm paper, so that Mantine's borders and fields sit in our light scheme. */
const gray: MantineColorsTuple = [
  '#faf9f6',
  '#f5f4f0',
  '#efede7',
  '#e4e1d9',
  '#d3cfc5',
  '#a9a69d',
  '#6b7279',
  '#4c545c',
  '#343a40',
  '#1c2126',
];
/** Text first, ground last: the order in which Mantine reads its dark scheme. */
const dark: MantineColorsTuple = [
  '#eef0f1',
  '#b9c0c6',
  '#a0a8af',
  '#6b737a',
  '#2c3238',
  '#252a2f',
  '#1f2429',
  '#1a1e22',
  '#15181b',
  '#121518',
];
const signal: MantineColorsTuple = [
  '#fbe3e6',
  '#f7c6cd',
  '#f5a3ae',
  '#fb8e9b',
  '#ff7b8a',
  '#e4566c',
  '#d4405a',
  '#cb2f4a',
  '#c21f3a',
  '#94142a',
];

const filled: Readonly<Record<string, string>> = { ward: 'var(--accent)', red: 'var(--bad)' };

/** Filled parts take our tokens, whose text colours are measured in both schemes; Mantine knows only one of them. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const ground = filled[input.color ?? input.theme.primaryColor];
  if (input.variant !== 'filled' || ground === undefined) return defaultVariantColorsResolver(input);
  return {
    background: ground,
    hover: `color-mix(in srgb, ${ground} 88%, var(--ink))`,
    color: 'var(--accent-ink)',
    border: '1px solid transparent',
  };
};

export const theme = createTheme({
  colors: { ward, red: signal, gray, dark },
  primaryColor: 'ward',
  primaryShade: { light: 8, dark: 4 },
  variantColorResolver,
  white: '#ffffff',
  black: '#1c2126',
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '20px' },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: {
    fontFamily: 'var(--font)',
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '22px', lineHeight: '1.3' },
      h2: { fontSize: '17px', lineHeight: '1.35' },
      h3: { fontSize: '14px', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Badge: Badge.extend({ defaultProps: { variant: 'default', tt: 'none', fw: 550 } }),
    Button: Button.extend({
      defaultProps: { size: 'xs', variant: 'default', fw: 550, fz: 13 },
    }),
    Card: Card.extend({ defaultProps: { withBorder: true, radius: 'lg', padding: 'md' } }),
    Drawer: Drawer.extend({
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Close' },
        position: 'right',
        overlayProps: { backgroundOpacity: 0.35 },
      },
    }),
    Kbd: Kbd.extend({ defaultProps: { size: 'xs' } }),
    Menu: Menu.extend({
      styles: { item: { minHeight: 34 } },
      // The placeholder it would put first is no menu item, which screen readers stumble over.
      defaultProps: {
        withInitialFocusPlaceholder: false,
        shadow: 'md',
        position: 'bottom-end',
        withinPortal: true,
      },
    }),
    Modal: Modal.extend({
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Close' },
        centered: true,
        radius: 'lg',
        overlayProps: { backgroundOpacity: 0.35 },
      },
    }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' }, radius: 'md' },
      styles: { description: { color: 'var(--ink-2)' }, title: { color: 'var(--ink)' } },
    }),
    Paper: Paper.extend({ defaultProps: { radius: 'lg' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: true } },
    }),
  },
});

const shared = {
  '--mantine-color-body': 'var(--bg)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-default': 'var(--panel)',
  '--mantine-color-default-hover': 'var(--panel-2)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-contrast': 'var(--accent-ink)',
  '--mantine-color-disabled': 'var(--off-soft)',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-shadow-md': 'var(--shadow-pop)',
};

/** Mantine reads our tokens: one palette for its parts and ours, in both schemes. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
