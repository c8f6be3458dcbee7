import { SyncStatus, SyncTrigger } from '@crmjira/domain';
import type { RunStatus } from '../integrations/run';
import type { PageFormat } from '../platform/page-format';

export type Tab = 'runs' | 'acts';

/** What is looked for (R-1615). */
export interface Filter {
  /** days on the person's clock, as 2025-05-16; empty: no bound */
  readonly from: string;
  readonly to: string;
  /** empty: of all */
  readonly integrationId: string;
  readonly status: 'all' | RunStatus;
  /** value of the choice; empty: any */
  readonly trigger: string;
  /** id of a person; empty: anyone */
  readonly by: string;
  readonly words: string;
}

/** In place of a person: nobody asked for it. */
export const BY_SERVICE = 'service';
/** Characters that are looked for at most. */
export const MOST_WORDS = 100;
/** Rows that are shown at first, and with each press on more; and at most: what is beyond is in the export. */
export const A_TIME = 25;
export const MOST_SHOWN = 500;
/** Rows of an export at most: Dataverse gives out no more without a cookie (Microsoft, "Page results using FetchXml"). */
export const MOST_EXPORTED = 50_000;

const DAY_MS = 86_400_000;
const WEEK = 7;

/** The last seven days with today. */
export function firstFilter(format: PageFormat, now: string, integrationId = ''): Filter {
  const day = (back: number): string => format.dayOf(new Date(Date.parse(now) - back * DAY_MS).toISOString());
  return {
    ...{ from: day(WEEK - 1), to: day(0), integrationId, status: 'all', trigger: '', by: '', words: '' },
  };
}

const STATUS_VALUES: Readonly<Record<RunStatus, SyncStatus>> = {
  succeeded: SyncStatus.Success,
  failed: SyncStatus.Failed,
  running: SyncStatus.Pending,
};

/** A person's text inside of FetchXML. */
export const xmlText = (text: string): string => text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What a person's text means in `like`: itself, without wildcards (Microsoft, "FetchXml reference: operators"). */
export const likeText = (text: string): string => xmlText(text.replace(/[[%_]/g, '[$&]'));

const condition = (attribute: string, operator: string, value?: string): string =>
  `<condition attribute="${attribute}" operator="${operator}"${value === undefined ? '' : ` value="${value}"`} />`;

/** A GUID of a list, which goes into a query as it is. */
const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const idCondition = (attribute: string, id: string): string => (GUID.test(id) ? condition(attribute, 'eq', id) : '');

function period(attribute: string, { from, to }: Filter, format: PageFormat): string {
  return [
    from === '' ? '' : condition(attribute, 'ge', format.startOf(from)),
    to === '' ? '' : condition(attribute, 'lt', format.startOf(to, 1)),
  ].join('');
}

function actor({ by }: Filter): string {
  return by === BY_SERVICE ? condition('crmjira_actor', 'null') : idCondition('crmjira_actor', by);
}

/** @param columns any of which may hold the words */
function words({ words: text }: Filter, columns: readonly string[]): string {
  const wanted = text.trim().slice(0, MOST_WORDS);
  if (wanted === '') return '';
  return `<filter type="or">${columns.map((one) => condition(one, 'like', `%${likeText(wanted)}%`)).join('')}</filter>`;
}

/** Conditions of FetchXML on the runs. Pure. */
export function runFilter(filter: Filter, format: PageFormat): string {
  const { status, trigger, integrationId } = filter;
  const known = Object.values(SyncTrigger).find((value) => String(value) === trigger);
  return [
    period('crmjira_started_on', filter, format),
    idCondition('crmjira_integration_id', integrationId),
    status === 'all' ? '' : condition('crmjira_status', 'eq', String(STATUS_VALUES[status])),
    known === undefined ? '' : condition('crmjira_trigger', 'eq', String(known)),
    actor(filter),
    words(filter, ['crmjira_error_message', 'crmjira_correlation_id']),
  ].join('');
}

/** Conditions of FetchXML on what administrators did. Pure. */
export function actFilter(filter: Filter, format: PageFormat): string {
  return [
    period('crmjira_at', filter, format),
    idCondition('crmjira_target_id', filter.integrationId),
    actor(filter),
    words(filter, ['crmjira_action', 'crmjira_name']),
  ].join('');
}

/** `9f2c…e1b0`: enough of a hash to compare by eye. */
export const shortHash = (hash: string): string => (hash.length <= 9 ? hash : `${hash.slice(0, 4)}…${hash.slice(-4)}`);
