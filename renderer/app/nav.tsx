import { Link } from '@tanstack/react-router';
import { isInFleet, useFleet } from '../state/fleet.ts';
import { useHost } from '../state/host-store.ts';
import { unacknowledged } from '../state/selectors.ts';
import { BrandMark } from './brand-mark.tsx';
import { HostFooter } from './host-footer.tsx';
import { HostSwitch } from './host-switch.tsx';
import classes from './nav.module.css';
import { screens } from './screens.ts';

/** The left side: where one can go, and how the host is. Icons only below 1100 px. */
export function Nav() {
  const unseen = useHost(unacknowledged);
  const fleet = useFleet(isInFleet);
  return (
    <nav className={classes.nav} aria-label="Main">
      <Link to="/" className={classes.brand} aria-label="Skillward, overview">
        <BrandMark />
        <span className={classes.words}>Skillward</span>
      </Link>
      <HostSwitch />
      {screens
        .filter(({ to }) => fleet || to !== '/fleet')
        .map(({ to, label, icon: ScreenIcon }) => (
          <Link
            key={to}
            to={to}
            className={classes.item}
            activeProps={{ 'data-on': true, 'aria-current': 'page' }}
            activeOptions={{ exact: to === '/', includeSearch: false }}
            title={label}
          >
            <ScreenIcon size={18} stroke={1.7} aria-hidden="true" />
            <span className={classes.words}>{label}</span>
            {to === '/incidents' && unseen > 0 && (
              <span className={classes.count}>
                {unseen}
                <span className={classes.hidden}> open</span>
              </span>
            )}
          </Link>
        ))}
      <HostFooter />
    </nav>
  );
}
