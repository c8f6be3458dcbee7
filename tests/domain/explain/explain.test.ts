import {
  explainText,
  fieldText,
  type StandingFacts,
  standingNextText,
  standingOf,
  standings,
  standingText,
  stepText,
  valueText,
} from '@crmjira/domain';

const well: StandingFacts = {
  isKnown: true,
  fields: [{ differs: false }],
  steps: 0,
  hasTrouble: false,
  lastFailure: null,
  run: null,
};
const failed = { code: 'jira-refused', nextRetryOn: null };

test.each<readonly [string, Partial<StandingFacts>, (typeof standings)[number]]>([
  ['both sides agree', {}, 'in-sync'],
  ['nothing is compared', { fields: [] }, 'not-kept'],
  ['a run has something to do', { fields: [{ differs: true }], steps: 2 }, 'waiting'],
  ['no run brings them together', { fields: [{ differs: true }] }, 'person'],
  ['Jira did not answer', { hasTrouble: true, fields: [{ differs: true }] }, 'unread'],
  ['it failed and is tried again', { lastFailure: { ...failed, nextRetryOn: '2025-05-16T17:00:00Z' } }, 'retrying'],
  ['the queue tries it again', { run: { state: 'failing' }, steps: 1 }, 'retrying'],
  ['it failed for good, and Jira is silent too', { lastFailure: failed, hasTrouble: true }, 'failed'],
  ['the queue has given it up', { run: { state: 'dead' } }, 'failed'],
  ['an administrator decides', { lastFailure: { code: 'provisioning-held', nextRetryOn: null } }, 'held'],
  ['a copy of the environment', { lastFailure: { code: 'environment-moved', nextRetryOn: null }, steps: 1 }, 'held'],
  ['there is no such record', { isKnown: false, fields: [], hasTrouble: true }, 'unknown'],
  ['nothing could be read', { isKnown: null, fields: [], hasTrouble: true }, 'unread'],
])('where %s, the record stands so', (_when, facts, standing) => {
  expect(standingOf({ ...well, ...facts })).toBe(standing);
});

test('each standing is told in both languages, with what to do', () => {
  for (const language of [1033, 3084] as const) {
    const told = standings.map((standing) => [standingText(standing, language), standingNextText(standing, language)]);
    expect(new Set(told.flat()).size).toBe(2 * standings.length);
    expect(explainText('in-sync', language)).toBe(told[0]?.join(' '));
  }
  expect(explainText('unread', 3084)).not.toBe(explainText('unread', 1033));
});

test('fields, values and steps are named as people know them; what nobody has worded stands as it is', () => {
  expect([fieldText('key', 3084), fieldText('label:vip', 3084)]).toEqual(['Clé du projet', 'label:vip']);
  expect([valueText('not-created', 1033), valueText('?', 1033)]).toEqual(['Not created yet', '?']);
  const step = (kind: string, one: string, about: string | null = null) => stepText(kind, { kind: one, about }, 3084);
  expect(step('issue-link', 'write', 'status')).toBe('Envoyer à Jira\u00a0: État');
  // Words of the log are nobody's at a form.
  expect(step('opportunity', 'dataverse.change-set', 'the figures in Jira changed')).not.toMatch(/figures/);
  expect(step('time-record', 'create')).toBe('Consigner le temps dans Jira');
  expect(step('issue-link', 'create')).toBe('Créer le ticket dans Jira');
  expect(step('nobody', 'add')).toBe('add');
});
