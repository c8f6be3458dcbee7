import * as activities from './activities';
import * as auditing from './auditing';
import * as customizing from './customizing';
import * as orders from './orders';
import * as people from './people';
import * as sales from './sales';
import * as solutionComponents from './solution-components';
import * as views from './views';
import type { PlatformTable } from '../table';

const { regardingTargets: _targets, ...activityTables } = activities;

/** Every table of Microsoft's that this stand-in has. */
export const platformTables: readonly PlatformTable[] = [
  ...Object.values(sales),
  ...Object.values(activityTables),
  ...Object.values(orders),
  ...Object.values(auditing),
  ...Object.values(people),
  ...Object.values(customizing),
  ...Object.values(solutionComponents),
  ...Object.values(views),
];
