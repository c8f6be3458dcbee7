import fastify, { type FastifyInstance } from 'fastify';
import { registerInventory } from './inventory';
import { keep, type Kept } from './kept';
import { registerPage } from './page';
import { sampleOf } from './sample';
import { type BasicAccount, registerWorkOrders } from './work-orders';

export type { Item, WorkOrder } from './kept';

export interface ServicesOptions {
  /** JSON file, or `:memory:` */
  readonly stateFile: string;
  /** origin under which people and programs reach them */
  readonly publicUrl: string;
  /** of the inventory */
  readonly token: string;
  /** of the work orders */
  readonly account: BasicAccount;
  readonly clock?: () => Date;
}

/** Two services of the company that are neither Dynamics nor Jira. */
export interface Services {
  readonly app: FastifyInstance;
  readonly kept: Kept;
  close(): Promise<void>;
}

/**
 * A REST inventory (`/inventory`) and a SOAP service for work orders (`/work-orders`), as the templates of integrations call them, with a
 * page to change by hand what they hold.
 */
export function createServices({ stateFile, publicUrl, token, account, clock }: ServicesOptions): Services {
  const kept = keep(stateFile, sampleOf, clock ?? (() => new Date()));
  const app = fastify({ forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: true } });
  registerPage(app, kept);
  void app.register(async (scope) => registerInventory(scope, kept.items, token), { prefix: '/inventory' });
  void app.register(
    async (scope) => registerWorkOrders(scope, kept.orders, account, `${publicUrl.replace(/\/$/, '')}/work-orders`),
    { prefix: '/work-orders' },
  );
  return { app, kept, close: () => app.close() };
}
