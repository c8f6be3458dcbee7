import { opportunities } from '../../sandbox/src/seed/scenarios';

export type Row = Readonly<Record<string, unknown>>;

/** One state of a control that design asks for, on an opportunity of the example company. */
export interface State {
  /** constructor name, as in the control's manifest */
  readonly control: string;
  readonly name: string;
  /** id of the opportunity */
  readonly opportunity: string;
  /** What the control says in English once it is in this state. */
  readonly says: RegExp;
  /** Entity set → columns that its rows are shown with, where the company has no such row. */
  readonly rows?: Readonly<Record<string, Row>>;
  /** Entity set whose reads are answered with 403 and 0x80040220. */
  readonly denied?: string;
  /** The network goes away once the control is drawn. */
  readonly offline?: true;
}

const onOpportunity = (start: string): string => {
  const found = opportunities.find(({ name }) => name.startsWith(start));
  if (!found) throw new Error(`The example company has no opportunity that starts with "${start}".`);
  return found.id;
};
const NEW = onOpportunity('Digital Transformation');
const SMALL = onOpportunity('Dealer Portal');
const RUNNING = onOpportunity('Warehouse Automation');
const WARNED = onOpportunity('Portail client');
const OVER = onOpportunity('ERP Finance');
const DRAFT = onOpportunity('Field Service');
const EARLY = onOpportunity('Customer Data Platform');
const DOLLARS = onOpportunity('Fleet Telematics');
const COMPLETED = onOpportunity('Numérisation');
const DELETED = onOpportunity('Loyalty App');

const mapping = (columns: Row) => ({ crmjira_budget_mappings: columns });
const opportunity = (columns: Row) => ({ opportunities: columns });
const unreachable = { crmjira_last_error: 'Jira has not answered since 13:40.' };

/** A control's states, one line each: baselines, personas, tab order and zoom are run over every one of them. */
export const states: readonly State[] = [
  { control: 'JiraProject', name: 'no project yet', opportunity: SMALL, says: /No project yet/ },
  {
    control: 'JiraProject',
    name: 'ready',
    opportunity: NEW,
    says: /can be created/,
    rows: opportunity({ budgetamount: 250_000 }),
  },
  {
    control: 'JiraProject',
    name: 'provisioning',
    opportunity: RUNNING,
    says: /Being created/,
    rows: mapping({ crmjira_provisioning_state: 2 }),
  },
  {
    control: 'JiraProject',
    name: 'not created',
    opportunity: RUNNING,
    says: /Not created/,
    rows: mapping({ crmjira_provisioning_state: 5, crmjira_last_error: 'the key is in use' }),
  },
  { control: 'JiraProject', name: 'linked', opportunity: RUNNING, says: /Up to date/ },
  { control: 'JiraProject', name: 'archived', opportunity: COMPLETED, says: /Archived/ },
  { control: 'JiraProject', name: 'sync failing', opportunity: DELETED, says: /Not syncing/ },
  {
    control: 'JiraProject',
    name: 'no privilege',
    opportunity: RUNNING,
    says: /do not have permission/,
    denied: 'crmjira_budget_mappings',
  },
  { control: 'JiraProject', name: 'offline', opportunity: RUNNING, says: /Offline/, offline: true },
  { control: 'BudgetBurn', name: 'no data', opportunity: SMALL, says: /no Jira project yet/ },
  { control: 'BudgetBurn', name: 'nothing spent', opportunity: DRAFT, says: /spent of/ },
  { control: 'BudgetBurn', name: 'too early', opportunity: EARLY, says: /Too early to tell/ },
  { control: 'BudgetBurn', name: 'on track', opportunity: RUNNING, says: /spent of/ },
  { control: 'BudgetBurn', name: 'at risk', opportunity: WARNED, says: /Warning: 8/ },
  { control: 'BudgetBurn', name: 'over budget', opportunity: OVER, says: /Over budget/ },
  { control: 'BudgetBurn', name: 'completed', opportunity: COMPLETED, says: /Completed/ },
  { control: 'BudgetBurn', name: 'several currencies', opportunity: DOLLARS, says: /Base currency/ },
  { control: 'BudgetBurn', name: 'stale', opportunity: RUNNING, says: /Last figures/, rows: mapping(unreachable) },
  {
    control: 'BudgetBurn',
    name: 'no privilege',
    opportunity: RUNNING,
    says: /do not have permission/,
    denied: 'crmjira_budget_mappings',
  },
  { control: 'BudgetBurn', name: 'offline', opportunity: RUNNING, says: /Offline/, offline: true },
];

/** `jira-project/sync-failing`: what a baseline is filed under. */
export const fileOf = ({ control, name }: State): string => `${control}-${name.replaceAll(' ', '-')}`;
