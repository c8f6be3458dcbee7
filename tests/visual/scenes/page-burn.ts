import { type PageScene, pageScene } from '../page-scene';
import { EMOJI, LINK, LONG, MARKUP, RIGHT_TO_LEFT, jira } from './hostile';

const PAGE = 'budget-burn';
const RUNNING = 'Warehouse Automation';

/** The burn view where there are no code components; its states are those of the control, here is what the page adds. */
export const burnPage: readonly PageScene[] = [
  pageScene(PAGE, 'running', ['text: On track', 'Remaining $97,187.50'], { on: RUNNING, persona: 'sales-rep' }),
  pageScene(PAGE, 'no project', ['text: No project yet'], { on: 'Dealer Portal', persona: 'sales-rep' }),
  pageScene(PAGE, 'not on a record', ['Save the opportunity first.'], { persona: 'sales-rep' }),
  pageScene(PAGE, 'loading', ['Budget burn'], { on: RUNNING, silent: true }),
  pageScene(PAGE, 'unreachable', ['text: Not read', 'button "Try again"'], {
    on: RUNNING,
    unreadable: { sets: ['crmjira_budget_mappings'], status: 503, code: '0x80072320' },
  }),
  pageScene(PAGE, 'stale', ['Figures as of May 16, 2025 14:04: refreshing failed.'], {
    on: RUNNING,
    acts: [{ fails: 'unreachable' }],
  }),
  pageScene(PAGE, 'offline', ['text: Offline', 'Shown as of May 16, 2025 14:04.'], {
    on: RUNNING,
    acts: [{ fails: 'offline' }],
  }),
  pageScene(PAGE, 'hostile text', ['text: On track', 'Remaining $97,187.50'], {
    on: RUNNING,
    persona: 'sales-rep',
    unpictured: true,
    rows: { crmjira_budget_mappings: jira(MARKUP, RIGHT_TO_LEFT, EMOJI, LINK) },
  }),
  pageScene(PAGE, 'ten thousand characters', ['Remaining $97,187.50', LONG.slice(0, 2_000), 'button "Sync now"'], {
    on: RUNNING,
    persona: 'sales-rep',
    unpictured: true,
    rows: {
      crmjira_budget_mappings: { ...jira(LONG, LONG, LONG, `https://${LONG}`), crmjira_last_error: LONG },
    },
  }),
];
