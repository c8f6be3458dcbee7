import {
  cutText,
  describeRecord,
  issueLabels,
  type IssueSource,
  type Language,
  newLink,
  type RecordFacts,
} from '@crmjira/domain';
import { type NewLink, newLinkColumns } from '../link/stored-row';
import { monitorSystem } from './error-kind';
import type { MonitorError } from './monitor-rows';
import type { WantedTickets } from './tickets-payload';

/** What the tickets of one command have in common. */
export interface TicketSetting {
  readonly wanted: WantedTickets;
  readonly type: { readonly id: string; readonly name: string };
  readonly askedBy: { readonly id: string; readonly name: string };
  readonly language: Language;
  readonly at: string;
}

/** Jira takes so many characters of a summary. */
const longestSummary = 255;

/** A day as people read it; Sentry counts by UTC. */
export const dayText = (instant: string | null, language: Language): string =>
  instant === null
    ? ''
    : new Intl.DateTimeFormat(language === 3084 ? 'fr-CA' : 'en-CA', { dateStyle: 'long', timeZone: 'UTC' }).format(
        new Date(instant),
      );

/** The error as the description and the labels of its ticket tell it (R-1706). Pure. */
export const sourceOf = (
  error: MonitorError,
  product: string | null,
  { wanted, askedBy, language }: Pick<TicketSetting, 'wanted' | 'askedBy' | 'language'>,
): IssueSource => ({
  kind: 'error',
  number: null,
  title: error.title,
  description: error.title,
  account: null,
  product,
  priority: null,
  url: null,
  askedBy: askedBy.name,
  note: wanted.note,
  contact: null,
  error: {
    level: error.level,
    events: new Intl.NumberFormat(language === 3084 ? 'fr-CA' : 'en-CA').format(error.events),
    firstSeen: dayText(error.firstSeenOn, language),
    lastSeen: dayText(error.lastSeenOn, language),
    url: error.url,
  },
});

/** Nothing of a product is synced with an issue: only that it is there. */
const productFacts = (id: string): RecordFacts => ({
  table: 'product',
  id,
  etag: '',
  version: 0,
  closed: false,
  changedBy: null,
  changedOn: null,
});

/** Columns of the link that becomes the ticket of an error; it regards the product of the error's project. Pure. */
export function ticketColumns(
  error: MonitorError,
  product: { readonly id: string; readonly name: string | null },
  setting: TicketSetting,
): Record<string, unknown> {
  const { wanted, type, askedBy, language, at } = setting;
  const source = sourceOf(error, product.name, setting);
  const link: NewLink = {
    table: 'product',
    recordId: product.id,
    recordName: product.name,
    projectRowId: wanted.projectRowId,
    mirrorRowId: null,
    preference: wanted.sync,
    note: wanted.note,
    askedBy: askedBy.id,
    externalError: { system: monitorSystem, id: error.externalId, url: error.url },
    stored: newLink(null, productFacts(product.id)),
    create: {
      type: type.id,
      typeName: type.name,
      priority: wanted.priority,
      summary: cutText(error.title.replace(/\s+/g, ' ').trim(), longestSummary),
      labels: issueLabels(source),
      description: describeRecord(source, { language, contactData: false }),
      fields: {},
    },
    at,
  };
  return newLinkColumns(link);
}
