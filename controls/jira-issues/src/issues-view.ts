import type { SyncPreference } from '@crmjira/domain';
import type { ActionView, ChipView, IssueTable, MessageView } from '@crmjira/form-data';

export interface NoticeView extends MessageView {
  readonly actions?: readonly ActionView[];
  /** the safe answer has the focus */
  readonly focus?: string;
}

export interface RowView {
  readonly id: string;
  readonly key: string;
  readonly url: string | null;
  readonly type: string;
  readonly summary: string;
  readonly status: string;
  /** of the status: Jira's own key, or `creating` */
  readonly category: string;
  readonly priority: string;
  readonly facts: readonly string[];
  /** none: nothing can be changed from here */
  readonly sync?: SyncPreference | null;
  /** of the record: what a sync setting means */
  readonly table: IssueTable;
  readonly notices?: readonly NoticeView[];
}

export interface GroupView {
  readonly title: string;
  readonly rows: readonly RowView[];
}

export interface BudgetView {
  readonly reference: string;
  readonly status: number | null;
  readonly caption: string;
  readonly percent: number;
  readonly spent: string;
  readonly opportunityId: string;
}

export interface IssuesView {
  /** name of the state, of which a change is announced */
  readonly state: string;
  readonly chips: readonly ChipView[];
  readonly actions?: readonly ActionView[];
  readonly narrow: boolean;
  readonly wide: boolean;
  readonly loading?: string;
  readonly lede?: string | null;
  readonly notices?: readonly NoticeView[];
  /** create and link: as buttons where there is nothing else yet, small at the title else; null where they may not be asked for */
  readonly tools?: 'first' | 'title' | null;
  /** which project a new issue would go to */
  readonly hint?: string | null;
  readonly groups?: readonly GroupView[];
  /** of a list that is not shown whole */
  readonly more?: string | null;
  readonly budgets?: readonly BudgetView[];
  readonly notes?: readonly string[];
  readonly foot?: readonly string[];
}
