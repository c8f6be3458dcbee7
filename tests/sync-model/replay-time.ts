import {
  newTimeRecord,
  planTimeRecord,
  type SeenWorklog,
  type TimeRecordAction,
  type Work,
  workOf,
} from '@crmjira/domain';
import type { Compared } from './replay';
import type { TimePlan } from './time-world';

const RECORD = '00000000-0000-4000-8000-000000000001';
const SITE = '00000000-0000-4000-8000-000000000002';
const SENT = '2026-01-01T00:00:00Z';
const LATER = '2026-01-01T01:00:00Z';

/** What the model counts stands for minutes. */
const work = (value: number): Work => workOf('2025-05-16T13:00:00Z', value * 60, 'x');
const valueOf = (one: Work | null | undefined): string => (one ? String(one.seconds / 60) : 'none');
const keyOf = (issue: number): string => `A-${issue + 1}`;

/** In the order of `PLAN` in `time.pml`. */
const NAMES = (
  'act record version issue deleted removing closed gone ' +
  'worklog base baseVersion baseIssue sent moving late ' +
  'exists on value wrote wroteVersion ' +
  'found foundOn foundValue foundWrote foundVersion covered named'
).split(' ');

/** Steps of `time.pml` by their number. */
export const STEPS_OF_TIME: readonly string[] = (
  'nothing begin finish adopt create gone remove enter ' + 'follow moving delete note put take conflict anew'
).split(' ');

type Read = Readonly<Record<string, number>>;

function seen(id: number, issue: number, value: number, wrote: number, version: number): SeenWorklog {
  return {
    worklogId: String(id),
    issueId: String(issue),
    issueKey: keyOf(issue),
    work: work(value),
    comment: 'x',
    mark: { record: RECORD, version, wrote: work(wrote) },
    isUntouched: false,
    updatedBy: null,
    updatedOn: null,
  };
}

/** The shipped plan of what a run of the model had read. */
function shippedPlan(plan: TimePlan, read: Read, isWished: boolean): readonly TimeRecordAction[] {
  const n = (name: string): number => read[name]!;
  const is = (name: string): boolean => n(name) === 1;
  const isKnown = n('worklog') !== 0;
  const isAnnounced = isKnown || is('sent');
  const there = seen(n('worklog'), n('on'), n('value'), n('wrote'), n('wroteVersion'));
  const found = seen(n('found'), n('foundOn'), n('foundValue'), n('foundWrote'), n('foundVersion'));
  // In the row a removal is a wish about a record that stays; a record that is deleted has no row any more.
  const isRow = !is('deleted') || is('removing');
  const stored = is('closed')
    ? newTimeRecord
    : {
        ...newTimeRecord,
        integration: SITE,
        worklogId: isKnown ? String(n('worklog')) : null,
        issueId: isAnnounced ? String(n('baseIssue')) : null,
        issueKey: isAnnounced ? keyOf(n('baseIssue')) : null,
        base: isKnown ? { crm: work(n('base')), jira: work(n('base')), version: n('baseVersion') } : null,
        sent: (isKnown ? is('late') : is('sent')) ? { on: SENT, version: n('version') } : null,
        moving: is('moving'),
        removing: is('removing'),
        gone: is('gone'),
        entered: is('named') ? `value ${n('covered')}` : null,
      };
  const facts = {
    record: isRow
      ? {
          id: RECORD,
          etag: 'r',
          version: n('version'),
          issueKey: keyOf(n('issue')),
          work: work(n('record')),
          comment: 'x',
          wished: isWished,
          changedBy: null,
          changedOn: null,
        }
      : null,
    stored,
    integration: SITE,
    target: { issueId: String(n('issue')), issueKey: keyOf(n('issue')) },
    trouble: null,
    isRefused: false,
    worklog: !isKnown
      ? ({ kind: 'unknown', found: n('found') === 0 ? null : found, twin: null } as const)
      : is('exists')
        ? ({ kind: 'there', worklog: there } as const)
        : ({ kind: 'gone' } as const),
    answered: null,
    covered:
      // Of a row that holds nothing any more no history is read.
      n('covered') === 0 || is('closed')
        ? null
        : { of: `value ${n('covered')}`, seconds: n('covered') * 60, by: null, on: null },
  };
  return plan(facts, { wireMs: 1000, takes: true }, is('late') ? SENT : LATER);
}

/** A step and what it says, in the words of `modelWords`. The model announces and sends in two rounds, the shipped plan in one. */
function shippedWords(actions: readonly TimeRecordAction[], read: Read): string {
  const [first, second, ...more] = actions;
  if (first === undefined) return 'nothing';
  if (more.length > 0) return 'three steps at once';
  if (second !== undefined) {
    if (first.kind === 'moving' && second.kind === 'delete') return `moving, then ${shippedWords([second], read)}`;
    const isAnnounced = first.kind === 'begin' && ['create', 'put'].includes(second.kind) && first.stored.sent !== null;
    if (!isAnnounced) return `${first.kind}, then ${second.kind}`;
    if (second.kind === 'create' && first.stored.issueId !== second.issueId) return 'create on an issue not announced';
    return shippedWords([second], read);
  }
  const base = 'stored' in first ? first.stored.base : null;
  const agreed = `, base ${valueOf(base?.crm)}/${valueOf(base?.jira)} of version ${base?.version}`;
  switch (first.kind) {
    case 'create':
      return `create ${valueOf(first.work)} on ${first.issueId}, marked ${valueOf(first.mark.wrote)} of version ${first.mark.version}`;
    case 'put':
      return `put ${valueOf(first.work)} to ${first.worklogId} on ${first.issueId}, marked ${valueOf(first.mark.wrote)} of version ${first.mark.version}`;
    case 'delete':
      return `delete ${first.worklogId} on ${first.issueId}`;
    case 'adopt':
      return `adopt ${first.stored.worklogId} of ${first.stored.issueId}${agreed}`;
    case 'note': {
      const isServedOnly =
        first.served && valueOf(base?.crm) === String(read.base) && valueOf(base?.jira) === String(read.base);
      // At rest the model has nothing to say; the shipped plan takes the wish off the record.
      return isServedOnly ? 'nothing' : `note${agreed}`;
    }
    case 'take':
      return `take ${(Date.parse(first.record.timeOut) - Date.parse(first.record.timeIn)) / 60_000}${agreed}`;
    case 'conflict':
      return `conflict ${first.entries.map(({ crm, jira }) => `${Number(crm) / 60} over ${Number(jira) / 60}`).join()}${agreed}`;
    case 'follow':
      return `follow to ${first.stored.issueId}, ${first.issueKey}`;
    case 'enter':
      return `enter ${first.entries.map(({ jira }) => Number(jira) / 60).join()}`;
    case 'anew':
      return first.stored.worklogId === null && !first.stored.moving ? 'anew' : 'anew with the old id';
    default:
      return first.kind;
  }
}

/** The step of the model, in words. */
function modelWords(step: string, read: Read): string {
  const { record, version, issue, worklog, value, on, found } = read;
  const agreed = (crm: unknown, of: unknown): string => `, base ${crm}/${crm} of version ${of}`;
  const create = `create ${record} on ${issue}, marked ${record} of version ${version}`;
  const remove = `delete ${worklog} on ${on}`;
  const words: Readonly<Record<string, string>> = {
    begin: create,
    create,
    // The row of a record that was deleted goes with it: there is nowhere to write that it is over.
    finish: read.removing === 1 ? 'finish' : 'nothing',
    adopt: `adopt ${found} of ${read.baseIssue}${agreed(read.foundWrote, read.foundVersion)}`,
    remove,
    enter: `enter ${read.covered}`,
    follow: `follow to ${on}, ${keyOf(on!)}`,
    moving: `moving, then ${remove}`,
    delete: remove,
    note: `note${agreed(value, version)}`,
    put: `put ${record} to ${worklog} on ${on}, marked ${record} of version ${version}`,
    take: `take ${value}${agreed(value, version)}`,
    conflict: `conflict ${record} over ${value}${agreed(value, version)}`,
  };
  return words[step] ?? step;
}

/** Steps that write to Jira, which nothing but a wish does. A removal is one by itself. */
const isWrite = (words: string): boolean => /^(create|put|moving|delete)/.test(words);

/**
 * One line `PLAN …` of a trace of `time.pml`: its step and the shipped one, and the shipped one where nobody wishes a sync. In the model
 * the wish always stands, but for who was told that the worklog is gone.
 */
export function comparePlanOfTime(line: string, plan: TimePlan = planTimeRecord): Compared {
  const numbers = line.trim().split(/\s+/).slice(1).map(Number);
  if (numbers.length !== NAMES.length) throw new Error(`time.pml does not print what is read here: ${line}`);
  const read = Object.fromEntries(NAMES.map((name, at) => [name, numbers[at]!]));
  const isAsked = read.closed === 0 && read.gone === 0;
  const step = STEPS_OF_TIME[read.act!] ?? `step ${read.act}`;
  const model = modelWords(step, read);
  const shipped = shippedWords(shippedPlan(plan, read, isAsked), read);
  const unasked = shippedWords(shippedPlan(plan, read, false), read);
  // Whoever waits for a request that is on its way has a write to do.
  const writes = isWrite(model) || (model === 'nothing' && read.late === 1);
  if (!writes || read.removing === 1)
    return { step, model: `${model}; unasked: ${model}`, shipped: `${shipped}; unasked: ${unasked}` };
  return {
    step,
    model: `${model}; unasked: no write`,
    shipped: `${shipped}; unasked: ${isWrite(unasked) ? unasked : 'no write'}`,
  };
}
