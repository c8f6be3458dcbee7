import { type PageScene, pageScene } from '../page-scene';

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
  pageScene(PAGE, 'stale', ['Figures as of May 16, 2025 14:04: reading again failed.'], {
    on: RUNNING,
    acts: [{ fails: 'unreachable' }],
  }),
  pageScene(PAGE, 'offline', ['text: Offline', 'Shown as of May 16, 2025 14:04.'], {
    on: RUNNING,
    acts: [{ fails: 'offline' }],
  }),
];
