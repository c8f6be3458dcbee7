import type { Config } from '../config/read-config';
import type { SecretFacts, SecretName } from './gather-secrets';

/** R-1218: a secret is rotated after 60 days, never used for longer than 90, and its end is told 7 days before. In days. */
export const secretAges = { rotateAfter: 60, limit: 90, warnBefore: 7 } as const;

const dayMs = 86_400_000;

/**
 * Left out: what is being retired, certificates, whose own alert looks at the certificate itself, and the store's address, whose
 * password is the database administrator's.
 */
const ageless = /_PREVIOUS$|^JIRA_GATEWAY_|^DATABASE_URL$/;

/** How old a secret is and how long it may still be used. */
export interface SecretAge {
  readonly name: SecretName;
  /** Days with fractions; null where nobody can know, as for a secret given in a variable. */
  readonly ageDays: number | null;
  /** Days until it ends or reaches its limit, whichever is first; null where neither is known. */
  readonly daysLeft: number | null;
  readonly state: 'fresh' | 'due' | 'ending' | 'over' | 'unknown';
}

function statedEnd(name: SecretName, expiries: Config['expiries']): number {
  const day =
    name === 'JIRA_API_TOKEN' || name === 'JIRA_PAT'
      ? expiries.jiraToken
      : name === 'DATAVERSE_CLIENT_SECRET'
        ? expiries.dataverseSecret
        : null;
  return day === null ? Infinity : Date.parse(`${day}T00:00:00Z`) + dayMs;
}

function stateOf(ageDays: number | null, daysLeft: number): SecretAge['state'] {
  if (daysLeft <= 0) return 'over';
  if (daysLeft <= secretAges.warnBefore) return 'ending';
  if (ageDays === null) return daysLeft === Infinity ? 'unknown' : 'fresh';
  return ageDays >= secretAges.rotateAfter ? 'due' : 'fresh';
}

/** The age of one secret. Pure. */
export function ageOf(facts: SecretFacts, expiries: Config['expiries'], now: Date): SecretAge {
  const ageDays = facts.since === null ? null : (now.getTime() - facts.since.getTime()) / dayMs;
  const ends = [
    statedEnd(facts.name, expiries),
    facts.expiresOn?.getTime() ?? Infinity,
    facts.since === null ? Infinity : facts.since.getTime() + secretAges.limit * dayMs,
  ];
  const daysLeft = (Math.min(...ends) - now.getTime()) / dayMs;
  const state = stateOf(ageDays, daysLeft);
  return { name: facts.name, ageDays, daysLeft: daysLeft === Infinity ? null : daysLeft, state };
}

/** The ages of all secrets that grow old. Pure. */
export function agesOf(facts: readonly SecretFacts[], expiries: Config['expiries'], now: Date): readonly SecretAge[] {
  return facts.filter(({ name }) => !ageless.test(name)).map((one) => ageOf(one, expiries, now));
}
