import type { Config } from '../config/read-config';
import { defaultThresholds, type Thresholds } from '../config/thresholds';
import type { SecretFacts, SecretName } from './collect-secrets';

/** R-1218: when a secret is to be rotated, how long it is used at most, and how long before its end that is told. In days. */
export interface AgeLimits {
  readonly rotateAfter: number;
  readonly limit: number;
  readonly warnBefore: number;
}

/** The limits as set in Dynamics. */
export const ageLimits = ({ TokenRotationDays, TokenMaxDays, TokenAlertDays }: Thresholds): AgeLimits => ({
  rotateAfter: TokenRotationDays,
  limit: TokenMaxDays,
  warnBefore: TokenAlertDays,
});

/** 60, 90 and 7 days, until the settings are known. */
export const standardAgeLimits = ageLimits(defaultThresholds);

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

function stateOf(ageDays: number | null, daysLeft: number, limits: AgeLimits): SecretAge['state'] {
  if (daysLeft <= 0) return 'over';
  if (daysLeft <= limits.warnBefore) return 'ending';
  if (ageDays === null) return daysLeft === Infinity ? 'unknown' : 'fresh';
  return ageDays >= limits.rotateAfter ? 'due' : 'fresh';
}

/** The age of one secret. Pure. */
export function ageOf(
  facts: SecretFacts,
  expiries: Config['expiries'],
  now: Date,
  limits: AgeLimits = standardAgeLimits,
): SecretAge {
  const ageDays = facts.since === null ? null : (now.getTime() - facts.since.getTime()) / dayMs;
  const ends = [
    statedEnd(facts.name, expiries),
    facts.expiresOn?.getTime() ?? Infinity,
    facts.since === null ? Infinity : facts.since.getTime() + limits.limit * dayMs,
  ];
  const daysLeft = (Math.min(...ends) - now.getTime()) / dayMs;
  const state = stateOf(ageDays, daysLeft, limits);
  return { name: facts.name, ageDays, daysLeft: daysLeft === Infinity ? null : daysLeft, state };
}

/** The ages of all secrets that grow old. Pure. */
export function agesOf(
  facts: readonly SecretFacts[],
  expiries: Config['expiries'],
  now: Date,
  limits: AgeLimits = standardAgeLimits,
): readonly SecretAge[] {
  return facts.filter(({ name }) => !ageless.test(name)).map((one) => ageOf(one, expiries, now, limits));
}
