import { type FieldBase, type IssueAction, planIssueLink, SyncPreference } from '@crmjira/domain';
import { FAR, type Plan } from './link-world';
import { modelFacts } from './model-facts';

/** Actions of `link.pml` by their number, as the shipped function names them. */
const ACTS: readonly string[] = [
  'nothing',
  'enter',
  'agree',
  'write',
  'take',
  'take with an entry',
  'keep',
  'hold',
  'close',
  'decided crm',
  'decided jira',
  'refuse',
  'confirm',
];

const PREFERENCES = [SyncPreference.Both, SyncPreference.JiraToCrm, SyncPreference.CrmToJira, SyncPreference.Off];
const POLICIES: Readonly<Record<number, 'crm' | 'jira' | 'ask'>> = { 1: 'crm', 2: 'jira', 4: 'ask' };

const named = (action: IssueAction | undefined): string => {
  if (action === undefined) return 'nothing';
  if (action.kind === 'take') return action.entries.length > 0 ? 'take with an entry' : 'take';
  return action.kind === 'decided' ? `decided ${action.side}` : action.kind;
};

/** What the model planned and what the shipped function plans of the same facts. */
export interface Compared {
  /** Name of the model's step. */
  readonly step: string;
  readonly model: string;
  readonly shipped: string;
}

/** One line `PLAN …` of a trace. */
export function comparePlan(line: string, plan: Plan = planIssueLink): Compared {
  const numbers = line.trim().split(/\s+/).slice(1).map(Number);
  const [
    l,
    pol,
    rc,
    rv,
    rp,
    rd,
    rdc,
    rdj,
    bc,
    bj,
    bv,
    ent,
    held,
    hc,
    hj,
    offc,
    late,
    act,
    theirs,
    stands,
    first,
    known,
  ] = numbers;
  const value = (n: number | undefined): string => `v${n}`;
  // Of the model's entry: value, tag, who, version.
  const entries = numbers.slice(22).map((bits, at) => ({
    id: at + 1,
    value: value(bits & 7),
    tag: (bits >> 3) & 7,
    who: (bits >> 6) & 3,
    version: bits >> 8,
  }));
  const base: FieldBase = {
    ...(first === 1 ? { crm: null, jira: null, isFirst: true } : { crm: value(bc), jira: value(bj) }),
    version: bv!,
    cursor: 0,
    entered: entries.filter(({ tag }) => ((ent! >> tag) & 1) === 1).map(({ id }) => id),
    conflict: held === 1 ? { entry: 'e', crm: value(hc), jira: value(hj) } : null,
  };
  const preference = PREFERENCES[rp!]!;
  const { facts, policy } = modelFacts({
    link: l!,
    record: value(rc),
    version: rv!,
    preference,
    policy: POLICIES[pol!]!,
    // The first round finds nothing that is stored.
    base: first === 1 && held === 0 ? null : base,
    stands: value(stands),
    isOff: offc === 1,
    entries,
    decision: rd === 0 ? null : { side: rd === 1 ? 'crm' : 'jira', crm: value(rdc), jira: value(rdj) },
  });
  const [action] = plan(facts, policy, late === 1 ? facts.link.wishedOn : FAR);
  const model = ACTS[act!]!;
  const expected: Readonly<Record<string, readonly [string, string]>> = {
    agree: [value(rc), value(stands)],
    keep: [value(rc), value(stands)],
    'decided crm': [value(rc), value(stands)],
    take: [value(theirs), value(stands)],
    'take with an entry': [value(theirs), value(stands)],
    'decided jira': [value(theirs), value(stands)],
  };
  const sides = (crm: string | null | undefined, jira: string | null | undefined): string => `, base ${crm}/${jira}`;
  const wanted = expected[model];
  // Steps that hold for whatever the record has become (`FREE`); the service asks for no version with those that it leaves out here.
  const isFree = model === 'hold' || model === 'close' || (model === 'agree' && known === 1);
  const isAsked = action !== undefined && 'guard' in action && action.guard.record !== null;
  const guard = (kind: string, free: boolean): string =>
    ['hold', 'close', 'agree'].includes(kind) && free ? ', whatever the record has become' : '';
  const got = action !== undefined && 'stored' in action ? action.stored.fields.summary : undefined;
  const shipped = named(action);
  return {
    step: model,
    model: model + (wanted ? sides(...wanted) : '') + guard(model, isFree),
    shipped: shipped + (expected[shipped] ? sides(got?.crm, got?.jira) : '') + guard(shipped, !isAsked),
  };
}
