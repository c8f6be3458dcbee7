import { type PageScene, pageScene } from '../page-scene';

const PAGE = 'connection-guide';
const CHECK = 'button "Check again"';
const tested = { crmjira_integrations: { crmjira_last_test_on: '2025-05-16T18:01:00Z' } };

/** States of the page that leads an administrator through the set-up. */
export const connectionGuide: readonly PageScene[] = [
  pageScene(PAGE, 'done', ['6 of 6 steps done', CHECK], { rows: tested }),
  pageScene(PAGE, 'half done', ['3 of 6 steps done', 'To do', 'Not checked yet', 'crmjira doctor', CHECK], {
    rows: { crmjira_integrations: { crmjira_last_test_on: null }, crmjira_budget_mappings: [] },
  }),
  pageScene(PAGE, 'new environment', ['1 of 6 steps done', 'set crmjira_JiraBaseUrl', CHECK], {
    rows: { crmjira_integrations: [], environmentvariabledefinitions: [], crmjira_budget_mappings: [] },
  }),
  pageScene(PAGE, 'not permitted', ['To do', 'CRM-JIRA Integration Administrator', CHECK], { persona: 'sales-rep' }),
  pageScene(PAGE, 'loading', ['Checking…', CHECK], { silent: true }),
  pageScene(PAGE, 'unreachable', ['Dataverse unreachable since 14:04.', 'Nothing has been read yet.', CHECK], {
    unreadable: { sets: [], status: 503, code: '0x80072320' },
  }),
  pageScene(PAGE, 'stale', ['Dataverse unreachable since 14:04.', '6 of 6 steps done', CHECK], {
    rows: tested,
    acts: [{ fails: 'unreachable' }],
  }),
];
