import { type Row, type Scene, approvers, scene } from '../scene';

const RUNNING = 'Warehouse Automation';
export const MARKUP = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>';
export const LINK = 'javascript:window.broken=1';
export const RIGHT_TO_LEFT = '\u202eمشروع\u202c עברית';
export const EMOJI = '👩🏽‍💻🇨🇦'.repeat(20);
export const LONG = 'W'.repeat(10_000);
/** Enough of it to know it by; the accessibility tree gives all of it in one line. */
export const MUCH = 'W'.repeat(2_000);

const named = (text: string): Row => ({
  _createdby_value: null,
  '_createdby_value@OData.Community.Display.V1.FormattedValue': text,
  crmjira_comment: text,
});
/** Columns of a mapping that Jira's texts come to. */
export const jira = (name: string, lead: string, status: string, url: string): Row => ({
  crmjira_jira_project_key: name,
  crmjira_integration_reference: lead,
  crmjira_jira_project_name: name,
  crmjira_jira_project_url: url,
  crmjira_jira_lead: lead,
  crmjira_jira_project_status: status,
  crmjira_milestones: JSON.stringify([{ name, date: '2025-06-20', released: false }]),
});
const requests = 'crmjira_budget_approvals';
const decisions = 'crmjira_budget_decisions';
/** In narrow and wide, where the words between the figures differ. */
const onTrack = 'Remaining $97,187.50';

/** What comes from Jira and from people is text, whatever it looks like, and breaks no layout. */
export const hostile: readonly Scene[] = [
  scene(
    'hostile text',
    RUNNING,
    {
      JiraProject: [MARKUP, RIGHT_TO_LEFT, EMOJI],
      BudgetBurn: ['text: On track', onTrack],
      BudgetApproval: approvers(['heading "History (2)"', MARKUP, LINK], ['heading "History (1)"', MARKUP]),
    },
    {
      unpictured: true,
      rows: {
        crmjira_budget_mappings: jira(MARKUP, RIGHT_TO_LEFT, EMOJI, LINK),
        [requests]: named(MARKUP),
        [decisions]: named(LINK),
      },
    },
  ),
  scene(
    'ten thousand characters',
    RUNNING,
    {
      JiraProject: ['text: Not syncing', MUCH, 'link "Open in Jira opens in a new tab"', 'button "Sync now"'],
      BudgetBurn: [onTrack, MUCH, 'button "Sync now"'],
      BudgetStatus: ['text: Active Figures from 13:58', MUCH],
      BudgetApproval: [MUCH],
    },
    {
      unpictured: true,
      rows: {
        crmjira_budget_mappings: { ...jira(LONG, LONG, LONG, `https://${LONG}`), crmjira_last_error: LONG },
        [requests]: named(LONG),
        [decisions]: named(LONG),
      },
    },
  ),
];
