import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router';
import { ScreenError } from '../components/screen-error.tsx';
import { NotFound } from './not-found.tsx';
import {
  addSearchSchema,
  fixesSearchSchema,
  fleetSearchSchema,
  incidentsSearchSchema,
  logsSearchSchema,
  overviewSearchSchema,
  rootSearchSchema,
  settingsSearchSchema,
  skillSearchSchema,
} from './search.ts';
import { Shell } from './shell.tsx';

const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  validateSearch: rootSearchSchema,
  search: { middlewares: [retainSearchParams(['range', 'host'])] },
});

const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: overviewSearchSchema,
  component: lazyRouteComponent(() => import('../screens/overview/overview-screen.tsx'), 'OverviewScreen'),
});
const skillRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/skill/$skillId',
  validateSearch: skillSearchSchema,
  component: lazyRouteComponent(() => import('../screens/skill/skill-screen.tsx'), 'SkillScreen'),
});
const incidentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/incidents',
  validateSearch: incidentsSearchSchema,
  component: lazyRouteComponent(() => import('../screens/incidents/incidents-screen.tsx'), 'IncidentsScreen'),
});
const incidentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/incidents/$incidentId',
  component: lazyRouteComponent(() => import('../screens/incidents/incident-screen.tsx'), 'IncidentScreen'),
});
const addRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/add',
  validateSearch: addSearchSchema,
  component: lazyRouteComponent(() => import('../screens/install/add-screen.tsx'), 'AddScreen'),
});
const fixesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/fixes',
  validateSearch: fixesSearchSchema,
  component: lazyRouteComponent(() => import('../screens/fixes/fixes-screen.tsx'), 'FixesScreen'),
});
const schedulerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/scheduler',
  component: lazyRouteComponent(() => import('../screens/scheduler/scheduler-screen.tsx'), 'SchedulerScreen'),
});
const logsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/logs',
  validateSearch: logsSearchSchema,
  component: lazyRouteComponent(() => import('../screens/logs/logs-screen.tsx'), 'LogsScreen'),
});
const fleetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/fleet',
  validateSearch: fleetSearchSchema,
  component: lazyRouteComponent(() => import('../screens/fleet/fleet-screen.tsx'), 'FleetScreen'),
});
const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  validateSearch: settingsSearchSchema,
  component: lazyRouteComponent(() => import('../screens/settings/settings-screen.tsx'), 'SettingsScreen'),
});

/** Hash history: the same links work from a custom scheme, a loopback host and a file. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    overviewRoute,
    skillRoute,
    addRoute,
    incidentsRoute,
    incidentRoute,
    fixesRoute,
    schedulerRoute,
    logsRoute,
    fleetRoute,
    settingsRoute,
  ]),
  history: createHashHistory(),
  defaultErrorComponent: ScreenError,
  defaultPreload: 'intent',
  scrollToTopSelectors: ['#screen'],
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
