import type { SecretFacts, SecretName } from '../../platform/secrets/collect-secrets';
import type { SecretAge } from '../../platform/secrets/secret-ages';
import { type IssuedSecret, issuedSecrets } from './rotate-token';
import type { SharedSecret } from './test-call';

/** What is to be done about one secret. */
export type RotationStep =
  | {
      readonly kind: 'exchange';
      readonly name: SharedSecret;
      readonly current: SecretFacts;
      readonly previous: SecretFacts;
    }
  | {
      readonly kind: 'exchange-key';
      readonly name: ServiceKeyName;
      readonly current: SecretFacts;
      readonly previous: SecretFacts;
    }
  /** A person exchanges it: rows under the former one get the current one. */
  | { readonly kind: 'finish-key'; readonly name: ServiceKeyName }
  | { readonly kind: 'try'; readonly name: IssuedSecret; readonly facts: SecretFacts; readonly newValueFile: string }
  | { readonly kind: 'guide'; readonly name: SecretName; readonly facts: SecretFacts; readonly why: string }
  | { readonly kind: 'keep'; readonly name: SecretName; readonly why: string };

type ServiceKeyName = 'SECRETS_KEY';

export interface RotationWish {
  readonly secret?: string;
  readonly due?: boolean;
  readonly newValueFile?: string;
}

const isShared = (name: SecretName): name is SharedSecret =>
  name === 'JIRA_WEBHOOK_SECRET' || name === 'DATAVERSE_STEP_KEY';
const isServiceKey = (name: SecretName): name is ServiceKeyName => name === 'SECRETS_KEY';
/** What a command can make a new one of. */
const isOurs = (name: SecretName): boolean => isShared(name) || isServiceKey(name);
const isIssued = (name: SecretName): name is IssuedSecret => (issuedSecrets as readonly string[]).includes(name);

function stepFor(facts: SecretFacts, all: readonly SecretFacts[], wish: RotationWish): RotationStep {
  const { name } = facts;
  if (isIssued(name) && wish.newValueFile !== undefined)
    return { kind: 'try', name, facts, newValueFile: wish.newValueFile };
  if (!isShared(name) && !isServiceKey(name))
    return { kind: 'guide', name, facts, why: 'only a person can make a new one' };
  const previous = all.find((one) => one.name === `${name}_PREVIOUS`);
  const unstorable = [facts, previous].find((one) => one?.place.kind === 'variable');
  if (isServiceKey(name) && unstorable !== undefined && previous !== undefined) return { kind: 'finish-key', name };
  if (unstorable !== undefined)
    return {
      kind: 'guide',
      name,
      facts,
      why: `${unstorable.name} is given in a variable, which no command can change`,
    };
  if (previous === undefined)
    return {
      kind: 'guide',
      name,
      facts,
      why: `${name}_PREVIOUS has no place: give it as an empty file or a reference`,
    };
  return isServiceKey(name)
    ? { kind: 'exchange-key', name, current: facts, previous }
    : { kind: 'exchange', name, current: facts, previous };
}

/** Nobody is to read "not due" where nobody can know. */
const ageUnknown =
  'its age is not known: no service that has it has run with this store; give it as a file or from a vault';

/**
 * What a run does, in order: those that a command can exchange first. Without a wish all of these; with `due` every secret whose
 * 60 days are over or whose end is near (R-1218), also those that a person must renew.
 */
export function planRotation(
  facts: readonly SecretFacts[],
  ages: readonly SecretAge[],
  wish: RotationWish,
): readonly RotationStep[] {
  const stateOf = (name: SecretName): SecretAge['state'] => ages.find((age) => age.name === name)?.state ?? 'unknown';
  const wanted = facts.filter(({ name }) => {
    if (wish.secret !== undefined) return name === wish.secret;
    if (!ages.some((age) => age.name === name)) return false;
    return wish.due === true || isOurs(name);
  });
  const steps = wanted.map((one): RotationStep => {
    const state = stateOf(one.name);
    if (wish.due === true && state === 'fresh') return { kind: 'keep', name: one.name, why: 'not due' };
    if (wish.due === true && state === 'unknown') return { kind: 'keep', name: one.name, why: ageUnknown };
    return stepFor(one, facts, wish);
  });
  const rank = (step: RotationStep): number =>
    ['exchange', 'exchange-key', 'finish-key', 'try', 'guide', 'keep'].indexOf(step.kind);
  return [...steps].sort((a, b) => rank(a) - rank(b));
}
