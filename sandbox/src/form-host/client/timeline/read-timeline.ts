import {
  alertLevelLabels,
  approvalStatusLabels,
  failureSentence,
  integrationStatusLabels,
  operationTypeLabels,
  severityLabels,
} from '@crmjira/domain';
import type { Labels } from '@crmjira/domain';
import { formatMoney, formatPercent } from '../format/format-value';
import { plainText } from '../format/plain-text';
import { type Language, labelIn } from '../language';
import { WebApiError, readRows } from '../web-api/web-api';
import type { Row } from '../web-api/web-api';
import { formattedOf, numberOf, textOf } from '../web-api/row-values';
import { type Word, word } from '../words';

export interface TimelineEntry {
  readonly id: string;
  readonly kind: Word;
  readonly icon: string;
  readonly title: string;
  readonly detail: string | null;
  readonly when: string;
  readonly due: string | null;
  /** what the entry opens to; absent: nothing more than what is shown */
  readonly body?: string;
  /** of an activity that still is to be done */
  readonly isOpen?: boolean;
}

export interface TimelineRows {
  readonly entries: readonly TimelineEntry[];
  /** Kinds that the person's role may not read. */
  readonly hidden: readonly string[];
}

interface Source {
  readonly kind: Word;
  readonly icon: string;
  /** Table of the records that have such entries; absent: any. */
  readonly of?: string;
  readonly path: (recordId: string, mappingId: string | null) => string | null;
  readonly entry: (row: Row, language: Language) => Omit<TimelineEntry, 'kind' | 'icon'>;
}

function choice(row: Row, column: string, labels: Readonly<Record<number, Labels>>, language: Language): string {
  const value = numberOf(row, column);
  return value === null ? '' : labelIn(language, labels[value]);
}

/** `statuscode` of a mail. The sandbox's Dataverse knows it in English alone. */
const mailStates: Readonly<Record<number, Word>> = {
  1: 'mailDraft',
  3: 'mailSent',
  5: 'mailCanceled',
  6: 'mailSending',
  7: 'mailSending',
  8: 'mailFailed',
};

function mailState(row: Row, language: Language): string | null {
  const state = mailStates[numberOf(row, 'statuscode') ?? 0];
  return state === undefined ? formattedOf(row, 'statuscode') : word(language, state);
}

function amount(row: Row, column: string, language: Language): string {
  const value = numberOf(row, column);
  const code: unknown = Reflect.get(Object(row['transactioncurrencyid']), 'isocurrencycode');
  return value === null || typeof code !== 'string' ? '' : formatMoney(value, code, language);
}

/** Newest rows of each kind; more of them stand in their own views. */
const newest = 20;
const latest = (filter: string) => `?$filter=${filter}&$orderby=createdon desc&$top=${newest}`;

function logDetail(row: Row, language: Language): string | null {
  const message = textOf(row, 'crmjira_error_message');
  if (message === null) return textOf(row, 'crmjira_target_record_id');
  return failureSentence(textOf(row, 'crmjira_error_code'), message, language);
}

const sources: readonly Source[] = [
  {
    kind: 'alert',
    icon: 'Warning',
    path: (_, mapping) => mapping && `crmjira_budget_alerts${latest(`_crmjira_budget_mapping_id_value eq ${mapping}`)}`,
    entry: (row, language) => ({
      id: textOf(row, 'crmjira_budget_alertid') ?? '',
      title: choice(row, 'crmjira_alert_level', alertLevelLabels, language),
      detail: [
        formatPercent(numberOf(row, 'crmjira_utilization') ?? 0, language),
        choice(row, 'crmjira_severity', severityLabels, language),
      ].join(' · '),
      when: textOf(row, 'crmjira_raised_on') ?? textOf(row, 'createdon') ?? '',
      due: null,
    }),
  },
  {
    kind: 'task',
    icon: 'TaskLogo',
    path: (id) => `tasks${latest(`_regardingobjectid_value eq ${id}`)}`,
    entry: (row) => ({
      id: textOf(row, 'activityid') ?? '',
      title: textOf(row, 'subject') ?? '',
      detail: formattedOf(row, 'statecode'),
      when: textOf(row, 'createdon') ?? '',
      due: textOf(row, 'scheduledend'),
      body: textOf(row, 'description') ?? '',
      isOpen: numberOf(row, 'statecode') === 0,
    }),
  },
  {
    kind: 'email',
    icon: 'Mail',
    path: (id) => `emails${latest(`_regardingobjectid_value eq ${id}`)}`,
    entry: (row, language) => ({
      id: textOf(row, 'activityid') ?? '',
      title: textOf(row, 'subject') ?? '',
      detail: mailState(row, language),
      when: textOf(row, 'createdon') ?? '',
      due: null,
      body: plainText(textOf(row, 'description') ?? ''),
    }),
  },
  {
    kind: 'post',
    icon: 'Link',
    path: (id) => `posts${latest(`_regardingobjectid_value eq ${id}`)}`,
    entry: (row) => {
      const [title = '', ...more] = (textOf(row, 'largetext') ?? textOf(row, 'text') ?? '').split('\n');
      return {
        id: textOf(row, 'postid') ?? '',
        title,
        detail: [more.join(' ').trim(), formattedOf(row, '_createdby_value')].filter(Boolean).join(' · '),
        when: textOf(row, 'createdon') ?? '',
        due: null,
      };
    },
  },
  {
    kind: 'resolution',
    icon: 'Completed',
    of: 'incident',
    path: (id) => `incidentresolutions${latest(`_incidentid_value eq ${id}`)}`,
    entry: (row) => ({
      id: textOf(row, 'activityid') ?? '',
      title: textOf(row, 'subject') ?? '',
      detail: formattedOf(row, '_createdby_value'),
      when: textOf(row, 'createdon') ?? '',
      due: null,
    }),
  },
  {
    kind: 'approval',
    of: 'opportunity',
    icon: 'Send',
    path: (id) =>
      `crmjira_budget_approvals${latest(`_crmjira_opportunity_id_value eq ${id}`)}&$expand=transactioncurrencyid($select=isocurrencycode)`,
    entry: (row, language) => ({
      id: textOf(row, 'crmjira_budget_approvalid') ?? '',
      title: amount(row, 'crmjira_amount', language),
      detail: [formattedOf(row, '_createdby_value'), textOf(row, 'crmjira_comment')].filter(Boolean).join(' · '),
      when: textOf(row, 'createdon') ?? '',
      due: null,
    }),
  },
  {
    kind: 'decision',
    of: 'opportunity',
    icon: 'Completed',
    path: (id) =>
      `crmjira_budget_decisions${latest(`crmjira_budget_approval_id/_crmjira_opportunity_id_value eq ${id}`)}`,
    entry: (row, language) => ({
      id: textOf(row, 'crmjira_budget_decisionid') ?? '',
      title: choice(row, 'crmjira_decision', approvalStatusLabels, language),
      detail: [formattedOf(row, '_createdby_value'), textOf(row, 'crmjira_comment')].filter(Boolean).join(' · '),
      when: textOf(row, 'createdon') ?? '',
      due: null,
    }),
  },
  {
    kind: 'log',
    icon: 'DocumentSet',
    path: (_, mapping) =>
      mapping && `crmjira_integration_logs${latest(`_crmjira_budget_mapping_id_value eq ${mapping}`)}`,
    entry: (row, language) => ({
      id: textOf(row, 'crmjira_integration_logid') ?? '',
      title: [
        choice(row, 'crmjira_operation_type', operationTypeLabels, language),
        choice(row, 'crmjira_integration_status', integrationStatusLabels, language),
      ].join(' · '),
      detail: logDetail(row, language),
      when: textOf(row, 'createdon') ?? '',
      due: null,
    }),
  },
];

/**
 * What happened on the record, newest first, as far as the person may read it (R-207).
 * @param denied kinds that Dataverse refused; kept by the caller, so that they are asked for once
 */
export async function readTimeline(
  { table, id }: { readonly table: string; readonly id: string },
  mappingId: string | null,
  language: Language,
  denied: Set<Word>,
): Promise<TimelineRows> {
  const lists = await Promise.all(
    sources.map(async ({ kind, icon, of = table, path, entry }) => {
      const address = of === table ? path(id, mappingId) : null;
      if (!address || denied.has(kind)) return [];
      try {
        return (await readRows(address)).rows.map((row) => ({ kind, icon, ...entry(row, language) }));
      } catch (error) {
        if (!(error instanceof WebApiError) || error.status !== 403) throw error;
        denied.add(kind);
        return [];
      }
    }),
  );
  return {
    entries: lists.flat().sort((left, right) => right.when.localeCompare(left.when)),
    hidden: [...denied].map((kind) => word(language, kind)),
  };
}
