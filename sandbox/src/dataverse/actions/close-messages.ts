import { errorCode } from '../errors';
import { timestamp } from '../crud/operation';
import type { Body } from '../crud/read-payload';
import type { Reader } from '../store/reader';
import { numberOf, textOf, type Row, type Value } from '../store/row';

type Values = Readonly<Record<string, Value>>;

/** A message that ends a row and leaves a close activity beside it. */
export interface CloseMessage {
  /** Parameter of the action that holds the activity. */
  readonly parameter: string;
  readonly table: string;
  readonly close: string;
  /** Lookup of the activity to the row. */
  readonly lookup: string;
  readonly subject: string;
  readonly state: number;
  readonly stateName: string;
  /** States in which the row may still be closed. */
  readonly from: readonly number[];
  readonly refusal: { readonly code: string; readonly message: string };
  /** Columns of the activity beyond those that the body names. */
  readonly onClose: (reader: Reader, row: Row, given: Body, reason: number, now: Date) => Values;
  /** Columns of the row beside state and status. */
  readonly onRow: (close: Row, now: Date) => Values;
}

const opportunity = (
  state: number,
  name: 'Won' | 'Lost',
  probability: number,
  revenue: (row: Row) => number | null,
): CloseMessage => ({
  parameter: 'OpportunityClose',
  table: 'opportunity',
  close: 'opportunityclose',
  lookup: 'opportunityid',
  subject: `Opportunity ${name}`,
  state,
  stateName: name,
  from: [0],
  refusal: { code: '0x80043b12', message: 'The opportunity has already been closed.' },
  onClose: (_reader, row, given, reason, now) => {
    const actualrevenue = revenue(row);
    return {
      opportunitystatecode: state,
      opportunitystatuscode: reason,
      transactioncurrencyid: row.transactioncurrencyid ?? null,
      ...(given.actualend === undefined ? { actualend: timestamp(now) } : {}),
      ...(given.actualrevenue === undefined && actualrevenue !== null ? { actualrevenue } : {}),
    };
  },
  onRow: (close, now) => ({
    actualvalue: numberOf(close, 'actualrevenue') ?? (name === 'Lost' ? 0 : null),
    actualclosedate: (textOf(close, 'actualend') ?? timestamp(now)).slice(0, 10),
    closeprobability: probability,
  }),
});

/**
 * Minutes of the completed activities about a case; those already billed do not count.
 * Source: learn.microsoft.com "CalculateTotalTimeIncidentResponse.TotalTime Property"
 */
export function totalTime(reader: Reader, incidentId: string): number {
  return reader
    .pointingAt('activitypointer', 'regardingobjectid', incidentId)
    .filter((each) => each.activitytypecode !== 'incidentresolution')
    .filter((each) => each.statecode === 1 && each.isbilled !== true)
    .reduce((sum, each) => sum + (numberOf(each, 'actualdurationminutes') ?? 0), 0);
}

export const closeMessages = {
  WinOpportunity: opportunity(1, 'Won', 100, (row) => numberOf(row, 'estimatedvalue')),
  LoseOpportunity: opportunity(2, 'Lost', 0, () => null),
  CloseIncident: {
    parameter: 'IncidentResolution',
    table: 'incident',
    close: 'incidentresolution',
    lookup: 'incidentid',
    subject: 'Case Resolved',
    state: 1,
    stateName: 'Resolved',
    from: [0],
    refusal: { code: '0x80044411', message: 'Already Closed or Canceled' },
    onClose: (reader, row, given, reason, now) => ({
      resolutiontypecode: reason,
      ...(given.actualend === undefined ? { actualend: timestamp(now) } : {}),
      ...(given.timespent === undefined ? { timespent: totalTime(reader, String(row.incidentid)) } : {}),
    }),
    onRow: () => ({}),
  },
  FulfillSalesOrder: {
    parameter: 'OrderClose',
    table: 'salesorder',
    close: 'orderclose',
    lookup: 'salesorderid',
    subject: 'Order Fulfilled',
    state: 3,
    stateName: 'Fulfilled',
    from: [0, 1],
    refusal: { code: errorCode.invalidArgument, message: 'The order has already been fulfilled or canceled.' },
    onClose: (_reader, row, given, _reason, now) => ({
      ordernumber: row.ordernumber ?? null,
      ...(given.actualend === undefined ? { actualend: timestamp(now) } : {}),
    }),
    onRow: (close, now) => ({ datefulfilled: (textOf(close, 'actualend') ?? timestamp(now)).slice(0, 10) }),
  },
} as const satisfies Readonly<Record<string, CloseMessage>>;
