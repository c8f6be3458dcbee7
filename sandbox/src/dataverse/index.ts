import fastify, { type FastifyInstance } from 'fastify';
import type { SolutionMetadata } from '@crmjira/domain';
import { baseRows } from './base-rows/base-rows';
import type { SeedRow } from './base-rows/seed-row';
import { seedRows } from './base-rows/seed-rows';
import { Sequences } from './crud/autonumber';
import type { Operation } from './crud/operation';
import { organizationId, systemUserId } from './crud/references';
import { userSettings } from './crud/user-settings';
import type { OutboxMail } from './actions/send-email';
import { outboxKind } from './actions/send-email';
import { plainError } from './http/error-response';
import { registerWebApi } from './http/register-web-api';
import { newSession, operationIn, withTransaction } from './http/session';
import { generatedSolution } from './import/generated-solution';
import type { InstalledSolution } from './import/installed-solution';
import { hashOf } from './import/read-package';
import { readInstalled, schemaOf, Solutions } from './import/solutions';
import { failInterruptedJobs } from './import/system-job';
import { loadSolutions } from './metadata/load-solution';
import type { Platform } from './platform';
import { Faults } from './sandbox-only/faults';
import { registerSandboxRoutes } from './sandbox-only/routes';
import { Authenticator, type TokenIssuer } from './security/authenticate';
import { Callers } from './security/read-caller';
import { generousLimits, Limiter, type ServiceProtection } from './service-protection/limits';
import { Persistence } from './store/persistence';
import { Store } from './store/store';
import type { Transaction } from './store/transaction';
import { DeliveryQueue } from './webhook-steps/delivery-queue';
import { StepRunner } from './webhook-steps/step-runner';

export type { SeedRow } from './base-rows/seed-row';
export { canadianDollarId, profileMember, userRole } from './base-rows/base-rows';
export { organizationId, rootBusinessUnitId, systemUserId } from './crud/references';
export type { InstalledSolution } from './import/installed-solution';
export { mergedMetadata } from './import/merge-metadata';
export type { OutboxMail } from './actions/send-email';
export { platformLimits, type ServiceProtection } from './service-protection/limits';
export type { TokenIssuer } from './security/authenticate';

export interface DataverseOptions {
  /** SQLite file, or `:memory:`. */
  readonly stateFile: string;
  /** Origin under which clients reach this listener, e.g. `http://localhost:4010`. */
  readonly publicUrl: string;
  /** Whose tokens count: what `createEntra` answers fits as it is. */
  readonly entra: TokenIssuer;
  readonly tenantId?: string;
  /** What the solution adds; the generated metadata, with what depends on cases, when left out. Not beside `packages`. */
  readonly solution?: SolutionMetadata;
  /** Solution packages, in the order of their import: imported where the state does not have them yet. None: Microsoft's tables alone. */
  readonly packages?: readonly Uint8Array[];
  /** Rows written when the state is empty. */
  readonly seed?: readonly SeedRow[];
  readonly clock?: () => Date;
  /** Limits per user; generous ones when left out. */
  readonly serviceProtection?: ServiceProtection;
  /** Milliseconds before an asynchronous webhook is tried a second time. */
  readonly webhookRetryAfter?: number;
}

export interface Dataverse {
  /** Not listening yet; `/api/data/…` and `/sandbox/…`. Register Entra's plug-in on it before `listen`. */
  readonly app: FastifyInstance;
  /** Writes rows past security and steps; tracked columns (createdon, createdby, …) as given. */
  seed(rows: readonly SeedRow[]): Promise<void>;
  /** No account and no opportunity yet. */
  isEmpty(): boolean;
  /** Identifier of the role of that name. */
  roleId(name: string): string | null;
  /** Identifier of the column security profile of that name. */
  profileId(name: string): string | null;
  outbox(): readonly OutboxMail[];
  /** What the imported packages brought; empty lists when the schema came from elsewhere. */
  installed(): readonly InstalledSolution[];
  /** Called when a solution came or went. */
  onSolutionsChange(listener: () => void): void;
  /** Resolves when every asynchronous webhook call is through. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Dataverse's Web API for one organisation, in this process, with its state on disk. */
export async function createDataverse(options: DataverseOptions): Promise<Dataverse> {
  const clock = options.clock ?? ((): Date => new Date());
  const publicUrl = options.publicUrl.replace(/\/$/, '');
  const persistence = new Persistence(options.stateFile);
  const remembered = options.packages
    ? (readInstalled(persistence) ?? [])
    : (options.solution ? [options.solution] : loadSolutions()).map(generatedSolution);
  const store = new Store(schemaOf(remembered), persistence);
  const queue = new DeliveryQueue(store.persistence, options.webhookRetryAfter ?? 1000);
  const callers = new Callers(store);
  const tenantId = options.tenantId ?? '72f988bf-0000-4000-8000-000000000001';
  const seed = (rows: readonly SeedRow[]): Promise<void> =>
    withTransaction(platform, clock(), (tx) => seedRows(systemOperation(tx), rows));
  const systemOperation = (tx: Transaction): Operation => {
    const request = { method: 'POST', path: '', query: '', headers: {}, body: '' };
    const serviceRoot = `${publicUrl}/api/data/v9.2/`;
    return operationIn(newSession({ platform, caller: callers.of(systemUserId), serviceRoot }, request), tx);
  };
  const solutions = new Solutions(store, remembered, clock, systemOperation);
  const platform: Platform = {
    get schema() {
      return store.schema;
    },
    store,
    callers,
    clock,
    publicUrl,
    tenantId,
    organizationId,
    steps: new StepRunner(store, queue, new URL(publicUrl).host),
    sequences: new Sequences(store.persistence),
    solutions,
    seed,
  };
  const named = (table: 'role' | 'fieldsecurityprofile', name: string): string | null => {
    const found = [...store.all(table)].find((row) => row.name === name);
    return found ? String(found[`${table}id`]) : null;
  };
  const isEmpty = (): boolean => [...store.all('account')].length + [...store.all('opportunity')].length === 0;
  await seed(baseRows(store.schema, remembered));
  // A state from before the table was here has users without settings.
  const unsettled = [...store.all('systemuser')].filter(
    ({ systemuserid }) => !store.get('usersettings', String(systemuserid)),
  );
  await seed(unsettled.map((user) => ({ table: 'usersettings', row: userSettings(user) })));
  for (const content of options.packages ?? []) {
    const hash = hashOf(content);
    if (!solutions.installed.some((each) => each.hash === hash)) await solutions.import(content, 'upgrade');
  }
  await failInterruptedJobs(platform);
  if (options.seed && isEmpty()) await seed(options.seed);

  const faults = new Faults();
  const app = fastify({
    routerOptions: { maxParamLength: 65_536 },
    bodyLimit: 128 * 1024 * 1024,
    http: { maxHeaderSize: 131_072 },
    forceCloseConnections: true,
    frameworkErrors: (error, _request, reply) => {
      // An address that cannot even be routed: answered on the bare response, before any route's types.
      const { status, headers, body } = plainError(error.statusCode ?? 400, error.message);
      reply.hijack();
      reply.raw.writeHead(status, headers);
      reply.raw.end(body);
    },
  });
  await app.register(async (api) => {
    api.removeAllContentTypeParsers();
    api.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    registerWebApi(api, {
      platform,
      faults,
      authenticator: new Authenticator({ store, callers, entra: options.entra, publicUrl, tenantId, clock }),
      limiter: new Limiter(options.serviceProtection ?? generousLimits, () => Date.now()),
    });
    registerSandboxRoutes(api, store, faults);
  });
  queue.start();

  return {
    app,
    seed,
    isEmpty,
    roleId: (name) => named('role', name),
    profileId: (name) => named('fieldsecurityprofile', name),
    installed: () => solutions.installed,
    onSolutionsChange: (listener) => solutions.onChange(listener),
    // Written by sendEmail from an OutboxMail.
    outbox: () => store.persistence.records(outboxKind).map(({ body }) => body as OutboxMail),
    settled: () => queue.settled(),
    close: async () => {
      queue.close();
      await app.close();
      await solutions.settled();
      store.close();
    },
  };
}
