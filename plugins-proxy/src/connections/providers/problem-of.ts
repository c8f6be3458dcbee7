import type { FailureCode } from '@crmjira/domain';
import type { IntegrationError } from '../../platform/errors/integration-error';

/** The vocabulary in which every provider tells what is wrong. */
export type Problem = 'unreachable' | 'refused' | 'not-found' | 'rate-limited' | 'wrong-product' | 'invalid';

/** By code, and by status where the code alone does not say. */
type Entry = Problem | { readonly byStatus: Readonly<Record<number, Problem>>; readonly otherwise: Problem };

const ofEachProvider = {
  unavailable: 'unreachable',
  'rate-limit': 'rate-limited',
  page: 'wrong-product',
  credentials: 'refused',
  forbidden: 'refused',
  'not-found': 'not-found',
  refused: 'invalid',
} as const satisfies Readonly<Record<string, Problem>>;

type OfEach<Prefix extends string> = Readonly<Record<`${Prefix}-${keyof typeof ofEachProvider}`, Problem>>;
// Object.fromEntries forgets the names that the entries have.
const of = <Prefix extends string>(prefix: Prefix): OfEach<Prefix> =>
  Object.fromEntries(
    Object.entries(ofEachProvider).map(([what, problem]) => [`${prefix}-${what}`, problem]),
  ) as OfEach<Prefix>;

/** Told by health and logs alone: no record of a person's has them. */
type HealthCode = 'notification-undelivered' | 'webhooks-silent' | 'store-damaged' | 'store-lost';

/** Every failure code in that vocabulary; null: not an answer of a provider. */
const problems: Readonly<Record<FailureCode | HealthCode, Entry | null>> = {
  ...of('jira'),
  ...of('tempo'),
  ...of('sentry'),
  network: 'unreachable',
  unexpected: null,
  'unexpected-answer': 'wrong-product',
  'jira-deployment': 'wrong-product',
  'jira-connection': 'invalid',
  'sentry-connection': 'invalid',
  'jira-fields-missing': 'invalid',
  'jira-fields-off-screen': 'invalid',
  'gateway-unavailable': 'unreachable',
  'dataverse-unavailable': 'unreachable',
  'dataverse-limit': 'rate-limited',
  'dataverse-batch-cut': 'unreachable',
  'dataverse-token': 'refused',
  'dataverse-sign-in': { byStatus: { 400: 'refused', 401: 'refused' }, otherwise: 'wrong-product' },
  'dataverse-precondition': 'invalid',
  'dataverse-forbidden': 'refused',
  'dataverse-not-found': 'not-found',
  'dataverse-refused': 'invalid',
  'stage-step-unavailable': null,
  'currency-missing': null,
  'exchange-rate-missing': null,
  'environment-variable': 'invalid',
  'address-refused': 'invalid',
  'environment-moved': null,
  'budget-source-not-available': { byStatus: { 404: 'wrong-product' }, otherwise: 'invalid' },
  'plan-does-not-settle': null,
  'key-vault': {
    byStatus: { 401: 'refused', 403: 'refused', 404: 'not-found', 429: 'rate-limited' },
    otherwise: 'unreachable',
  },
  'secret-not-stored': null,
  'secret-unreadable': null,
  'notification-undelivered': null,
  'foreign-link': 'wrong-product',
  'provisioning-held': null,
  'project-deleted': null,
  'currency-kept': null,
  'webhooks-silent': null,
  'store-damaged': null,
  'store-lost': null,
};

const entries: ReadonlyMap<string, Entry | null> = new Map(Object.entries(problems));

/** Whether the table has an entry for a failure code. */
export const hasEntry = (code: string): boolean => entries.has(code);

/** What is wrong with a provider or the way to it; null where neither is. Pure. */
export function problemOf({ code, status }: Pick<IntegrationError, 'code' | 'status'>): Problem | null {
  const entry = entries.get(code) ?? null;
  if (entry === null || typeof entry === 'string') return entry;
  return entry.byStatus[status ?? 0] ?? entry.otherwise;
}
