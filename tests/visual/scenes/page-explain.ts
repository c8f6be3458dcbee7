import { CommandState, CommandType, type ExplainAnswer } from '@crmjira/domain';
import { type PageScene, pageScene } from '../page-scene';

const PAGE = 'explain-sync';
const TITLE = 'heading "Why is this record not in sync?"';
const AGAIN = 'button "Ask again"';
const data = 'table=opportunity&id=a1b2c3d4-e5f6-7890-abcd-ef1234567890';

const answered = (answer: ExplainAnswer) => ({
  data,
  answers: { [CommandType.Explain]: { state: CommandState.Done, result: '', answer } },
});

const inSync: ExplainAnswer = {
  kind: 'opportunity',
  standing: 'in-sync',
  fields: [
    { field: 'existence', dynamics: 'exists', jira: 'exists', differs: false, as: 'word' },
    { field: 'key', dynamics: 'CRMWYVLZZJ', jira: 'CRMWYVLZZJ', differs: false },
    { field: 'approved', dynamics: '$250,000.00 CAD', jira: '$250,000.00 CAD', differs: false },
    { field: 'spent', dynamics: '$46,000.00 CAD', jira: '$46,000.00 CAD', differs: false },
  ],
  hidden: 0,
  steps: [],
  trouble: null,
  lastFailure: null,
  run: { state: 'done', isRunning: false, at: '2025-05-16T16:40:00Z', attempts: 0 },
};

/** States of the page behind the command "Why is this record not in sync?". */
export const explainSync: readonly PageScene[] = [
  pageScene(
    PAGE,
    'in sync',
    [TITLE, AGAIN, 'This record is in sync.', 'Both sides agree; nothing is left to do.', 'Last run ended:'],
    answered(inSync),
  ),
  pageScene(
    PAGE,
    'failed',
    [
      TITLE,
      AGAIN,
      'The last sync failed and is tried again.',
      'Jira refused the credentials of the integration account.',
      'What to do',
      'Next try:',
      'Different',
      '1 field is not shown: you may not read it.',
      'Update the root issue in Jira',
    ],
    answered({
      ...inSync,
      standing: 'retrying',
      fields: [
        ...inSync.fields.slice(0, 3),
        { field: 'spent', dynamics: '$46,000.00 CAD', jira: '$47,000.00 CAD', differs: true },
      ],
      hidden: 1,
      steps: [
        { kind: 'dataverse.change-set', about: 'the figures in Jira changed' },
        { kind: 'jira.update-root-issue', about: null },
      ],
      lastFailure: {
        code: 'jira-credentials',
        says: 'Jira refused the credentials of the integration account. Ask an administrator to renew its token.',
        remedy:
          'The credentials are refused, so no permission helps: create a new token for the integration account in Jira and store it as JIRA_API_TOKEN or JIRA_PAT.',
        since: '2025-05-16T15:20:00Z',
        nextRetryOn: '2025-05-16T17:20:00Z',
      },
      run: { state: 'failing', isRunning: false, at: '2025-05-16T17:20:00Z', attempts: 3 },
    }),
  ),
  pageScene(
    PAGE,
    'Jira silent',
    [
      TITLE,
      AGAIN,
      'Whether this record is in sync could not be read to the end.',
      'Jira did not answer within 3 s.',
      'Not read',
      'What is left to do could not be found out.',
    ],
    answered({
      ...inSync,
      standing: 'unread',
      fields: inSync.fields.slice(1).map((field) => ({ ...field, jira: null })),
      steps: null,
      trouble: {
        code: 'jira-unavailable',
        says: 'Jira did not answer within 3 s.',
        remedy:
          'Check the firewall and the connectivity from this service to the host of JIRA_URL. Nothing is lost: what waits runs when it answers.',
        silent: { side: 'jira', seconds: 3 },
      },
      run: { state: 'waiting', isRunning: false, at: '2025-05-16T17:10:00Z', attempts: 0 },
    }),
  ),
];
