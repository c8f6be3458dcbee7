import type { Guid, Instant } from './facts';

/** Who and when, as they stand in a request's row. */
export interface WrittenRequest {
  /** the platform's own columns, which no client fills (D-3.9) */
  readonly createdById: Guid;
  readonly createdOn: Instant;
  /** columns that any client may fill */
  readonly requestedById: Guid | null;
  readonly requestedOn: Instant | null;
}

/**
 * Who asked, and when. The service opens a request again in a row of its own and names the person there; in a row that
 * anybody else has written the columns count for nothing, or people could ask in the name of another and decide themselves.
 * @param serviceId user that the service works as
 */
export function askedBy(row: WrittenRequest, serviceId: Guid): { readonly id: Guid; readonly on: Instant } {
  const isReopened = row.createdById === serviceId;
  return {
    id: (isReopened ? row.requestedById : null) ?? row.createdById,
    on: (isReopened ? row.requestedOn : null) ?? row.createdOn,
  };
}

/** When a row's request was made, in milliseconds since 1970. */
const askedOn =
  (serviceId: Guid) =>
  (row: WrittenRequest): number =>
    Date.parse(askedBy(row, serviceId).on);

/**
 * The request that counts: the one that was asked for last. Where somebody has asked anew while the request before was being opened
 * again, the newest row is not it.
 * @param rows newest row first
 */
export function currentRequest<Row extends WrittenRequest>(rows: readonly Row[], serviceId: Guid): Row | null {
  const on = askedOn(serviceId);
  return rows.reduce<Row | null>((found, row) => (found && on(found) >= on(row) ? found : row), null);
}

/**
 * Whether a decision was made while its request was the one that counted. What was asked for before it takes the request's place; what
 * was asked for after it leaves it standing. Within one second, the grain of these times, the decision came first: whoever
 * decided cannot have seen the other request.
 */
export function wasCurrentWhenDecided<Row extends WrittenRequest>(
  request: Row,
  decidedOn: Instant,
  all: readonly Row[],
  serviceId: Guid,
): boolean {
  const on = askedOn(serviceId);
  return !all.some((row) => on(row) > on(request) && on(row) < Date.parse(decidedOn));
}
