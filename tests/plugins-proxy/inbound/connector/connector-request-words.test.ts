import type { z } from 'zod';
import {
  budgetCreate,
  issueCreate,
  operationStart,
  projectCreate,
  worklogCreate,
} from '../../../../plugins-proxy/src/inbound/connector/describe/definitions';
import { requestWords } from '../../../../plugins-proxy/src/inbound/connector/describe/request-words';
import { worklogId } from '../../../../plugins-proxy/src/inbound/connector/operations/parameters';

const words = (schema: z.ZodType, value: unknown, part: string): string => {
  const parsed = schema.safeParse(value);
  if (parsed.success) throw new Error('nothing is wrong with it');
  return requestWords(parsed.error, schema, value, part);
};
const issue = { project: { key: 'CRM' }, summary: 'S', issuetype: { name: 'Story' } };
const budget = {
  name: 'B',
  projectKey: 'CRM',
  amount: 1,
  currency: 'CAD',
  period: { from: '2025-01-01', to: '2025-12-31' },
};
const worklog = { timeSpentSeconds: 60, started: '2025-01-31T09:00:00Z' };

test.each([
  [issueCreate, undefined, 'issue', 'issue is missing; add it.'],
  [issueCreate, [], 'issue', 'issue is a list; send an object.'],
  [
    issueCreate,
    { fields: { ...issue, project: {} } },
    'issue',
    'issue.fields.project.key is missing (Key of the project); add it.',
  ],
  [issueCreate, { fields: { ...issue, summary: 7 } }, 'issue', 'issue.fields.summary is a number; send text.'],
  [issueCreate, { fields: { ...issue, summary: null } }, 'issue', 'issue.fields.summary is null; send text.'],
  [
    issueCreate,
    { fields: { ...issue, summary: '' } },
    'issue',
    'issue.fields.summary is too short; send 1 character or more.',
  ],
  [
    issueCreate,
    { fields: { ...issue, summary: 'x'.repeat(256) } },
    'issue',
    'issue.fields.summary is too long; send 255 characters or fewer.',
  ],
  [
    issueCreate,
    { fields: { ...issue, customfield_10102: 'secret' } },
    'issue',
    'issue.fields.customfield_10102 is none of the values that it may have; send one of Draft, Approved, Active, Overbudget, Completed.',
  ],
  [budgetCreate, { ...budget, amount: -1 }, 'budget', 'budget.amount is too small; send 0 or more.'],
  [
    budgetCreate,
    { ...budget, currency: 'cad' },
    'budget',
    'budget.currency has an invalid format; expected ISO 4217 code, e.g. CAD.',
  ],
  [
    budgetCreate,
    { ...budget, period: { from: '31.1.2025', to: '2025-12-31' } },
    'budget',
    'budget.period.from has an invalid format; expected a day, e.g. 2025-01-31.',
  ],
  [
    worklogCreate,
    { ...worklog, timeSpentSeconds: 60.5 },
    'worklog',
    'worklog.timeSpentSeconds has decimals (Seconds); send a whole number.',
  ],
  [
    worklogCreate,
    { ...worklog, started: 'yesterday' },
    'worklog',
    'worklog.started has an invalid format; expected a time with its offset, e.g. 2025-01-31T09:00:00-05:00.',
  ],
  [
    operationStart,
    { kind: 'sync', opportunityId: 'x', clientRequestId: 'a' },
    'operation',
    'operation.opportunityId has an invalid format; expected a GUID, e.g. a1b2c3d4-e5f6-7890-abcd-ef1234567890.',
  ],
  [
    projectCreate,
    { key: 'crm', name: 'N' },
    'project',
    'project.key has an invalid format; expected 2 to 50 capital letters, digits and hyphens, a letter first.',
  ],
  [
    worklogId,
    { worklogId: 'x' },
    'path',
    'path.worklogId has an invalid format; expected Id of the worklog, e.g. 10412.',
  ],
] as const)('R-901 R-1407 %# names the field, what is wrong and what to do', (schema, value, part, says) => {
  expect(words(schema, value, part)).toBe(says);
});

test('R-1407 tells five faults and how many more there are, and nothing of what was sent', () => {
  const said = words(
    budgetCreate,
    { name: 1, projectKey: { 'p4ss-of-the-tests': 1 }, amount: 'a', currency: 2 },
    'budget',
  );
  expect(said.match(/; /g)).toHaveLength(5);
  expect(words(issueCreate, { fields: { summary: 'p4ss-of-the-tests'.repeat(99) } }, 'issue')).not.toContain('p4ss');
  expect(said).not.toContain('p4ss');
  const seven = { period: { from: 1, to: 1 } };
  expect(words(budgetCreate, seven, 'budget')).toMatch(/ 1 more like these\.$/);
});
