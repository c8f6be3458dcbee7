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

const UNREACHABLE = { crmjira_last_error: 'Jira has not answered since 13:40.' };
const IN_USE = { crmjira_last_error: 'the key is in use' };

const mapping = (columns: Row) => ({ rows: { crmjira_budget_mappings: columns } });
const opportunity = (columns: Row) => ({ rows: { opportunities: columns } });
const DENIED = { denied: 'crmjira_budget_mappings' };
const OFFLINE = { offline: true } as const;

const state = (
  control: string,
  name: string,
  on: string,
  says: RegExp,
  but: Pick<State, 'rows' | 'denied' | 'offline'> = {},
): State => ({ control, name, opportunity: on, says, ...but });

/** A control's states, one line each: baselines, personas, tab order and zoom are run over every one of them. */
export const states: readonly State[] = [
  state('JiraProject', 'no project yet', SMALL, /No project yet/),
  state('JiraProject', 'ready', NEW, /can be created/, opportunity({ budgetamount: 250_000 })),
  state('JiraProject', 'provisioning', RUNNING, /Being created/, mapping({ crmjira_provisioning_state: 2 })),
  state('JiraProject', 'not created', RUNNING, /Not created/, mapping({ crmjira_provisioning_state: 5, ...IN_USE })),
  state('JiraProject', 'linked', RUNNING, /Up to date/),
  state('JiraProject', 'archived', COMPLETED, /Archived/),
  state('JiraProject', 'sync failing', DELETED, /Not syncing/),
  state('JiraProject', 'no privilege', RUNNING, /do not have permission/, DENIED),
  state('JiraProject', 'offline', RUNNING, /Offline/, OFFLINE),
  state('BudgetBurn', 'no data', SMALL, /no Jira project yet/),
  state('BudgetBurn', 'nothing spent', DRAFT, /spent of/),
  state('BudgetBurn', 'too early', EARLY, /Too early to tell/),
  state('BudgetBurn', 'on track', RUNNING, /spent of/),
  state('BudgetBurn', 'at risk', WARNED, /Warning: 8/),
  state('BudgetBurn', 'over budget', OVER, /Over budget/),
  state('BudgetBurn', 'completed', COMPLETED, /Completed/),
  state('BudgetBurn', 'several currencies', DOLLARS, /Base currency/),
  state('BudgetBurn', 'stale', RUNNING, /Last figures/, mapping(UNREACHABLE)),
  state('BudgetBurn', 'no privilege', RUNNING, /do not have permission/, DENIED),
  state('BudgetBurn', 'offline', RUNNING, /Offline/, OFFLINE),
];

/** `JiraProject-sync-failing`: what a baseline is filed under. */
export const fileOf = ({ control, name }: State): string => `${control}-${name.replaceAll(' ', '-')}`;
