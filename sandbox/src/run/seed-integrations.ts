import { userRole } from '../dataverse/index';
import { applicationUsers, integrationRows, serviceRows } from '../seed/index';
import { CONNECTION_ID, INVENTORY_ID, PLANT_CONNECTION_ID, SENTRY_CONNECTION_ID, WORK_ORDERS_ID } from './directory';
import { type World, seedExample } from './seed-example';

/** The example company with what it connects beside Jira, and how that went: rows that only somebody who looks at pages needs. */
export async function seedWithIntegrations(world: World): Promise<void> {
  await seedExample(world);
  const known = { jira: CONNECTION_ID, plant: PLANT_CONNECTION_ID, sentry: SENTRY_CONNECTION_ID };
  const services = { url: world.servicesUrl, inventoryId: INVENTORY_ID, workOrdersId: WORK_ORDERS_ID };
  // Products are written by an integration: what the service's own role does not allow, an administrator grants beside it.
  const manager = world.dataverse.roleId('Sales Manager');
  await world.dataverse.seed([
    ...integrationRows(known, world.now),
    ...serviceRows(services),
    ...(manager === null ? [] : [userRole(applicationUsers[1].id, manager)]),
  ]);
}
