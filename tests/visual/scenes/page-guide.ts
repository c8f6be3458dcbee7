import { type PageScene, pageScene } from '../page-scene';
import { EMOJI, LINK, LONG, MARKUP, RIGHT_TO_LEFT, jira } from './hostile';

const PAGE = 'connection-guide';
const CHECK = 'button "Check again"';
const INTEGRATIONS = 'button "Open Integrations"';
const HEALTH = 'button "Open Integration health"';
const OPPORTUNITIES = 'button "Open opportunities"';
const tested = { crmjira_integrations: { crmjira_last_test_on: '2025-05-16T18:01:00Z' } };

/** Every text that the page reads, as somebody or something hostile may have written it. */
const everywhere = (text: string) => ({
  crmjira_integrations: { ...tested.crmjira_integrations, crmjira_name: text, crmjira_base_url: text },
  environmentvariabledefinitions: {
    defaultvalue: text,
    environmentvariabledefinition_environmentvariablevalue: [{ value: text }],
  },
  crmjira_budget_mappings: jira(text, text, text, text),
});
/** What is no web address is not called set; of the rest nothing is told but that it is there. */
const HOSTILE: Readonly<Record<string, readonly [text: string, done: number]>> = {
  markup: [MARKUP, 4],
  'right to left': [RIGHT_TO_LEFT, 4],
  emoji: [EMOJI, 4],
  'link that is a script': [LINK, 4],
  'ten thousand characters': [LONG, 4],
  'address of ten thousand characters': [`https://jira.example.com/${LONG}`, 6],
};

/** States of the page that leads an administrator through the set-up. */
export const connectionGuide: readonly PageScene[] = [
  pageScene(PAGE, 'done', ['6 of 6 steps done', CHECK], { rows: tested }),
  pageScene(
    PAGE,
    'half done',
    ['3 of 6 steps done', 'To do', 'Not checked yet', 'crmjira doctor', CHECK, HEALTH, OPPORTUNITIES],
    {
      rows: { crmjira_integrations: { crmjira_last_test_on: null }, crmjira_budget_mappings: [] },
    },
  ),
  pageScene(
    PAGE,
    'new environment',
    ['1 of 6 steps done', 'set crmjira_JiraBaseUrl', CHECK, INTEGRATIONS, HEALTH, OPPORTUNITIES],
    {
      rows: { crmjira_integrations: [], environmentvariabledefinitions: [], crmjira_budget_mappings: [] },
    },
  ),
  pageScene(PAGE, 'not permitted', ['To do', 'CRM-JIRA Integration Administrator', CHECK], { persona: 'sales-rep' }),
  pageScene(PAGE, 'loading', ['Checking…', CHECK], { silent: true }),
  pageScene(PAGE, 'unreachable', ['Dataverse unreachable since 14:04.', 'Nothing has been read yet.', CHECK], {
    unreadable: { sets: [], status: 503, code: '0x80072320' },
  }),
  pageScene(PAGE, 'stale', ['Dataverse unreachable since 14:04.', '6 of 6 steps done', CHECK], {
    rows: tested,
    acts: [{ fails: 'unreachable' }],
  }),
  ...Object.entries(HOSTILE).map(([kind, [text, done]]) =>
    pageScene(
      PAGE,
      `hostile text: ${kind}`,
      [`${done} of 6 steps done`, CHECK, ...(done === 6 ? [] : [INTEGRATIONS])],
      {
        unpictured: true,
        rows: everywhere(text),
      },
    ),
  ),
];
