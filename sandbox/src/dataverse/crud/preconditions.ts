import { DataverseError, errorCode } from '../errors';
import { etagOf } from '../annotations/project-row';
import type { Row } from '../store/row';

type Headers = Readonly<Record<string, string | undefined>>;

/** `If-Match` present: the request must not create. */
export const forbidsCreate = (headers: Headers): boolean =>
  headers['if-match'] !== undefined && headers['if-match'] !== '';

/** `If-None-Match: *`: the request must not update. */
export const forbidsUpdate = (headers: Headers): boolean => headers['if-none-match']?.trim() === '*';

/** @throws DataverseError 412 when the row is no longer the version the client has, or must not exist yet. */
export function checkPreconditions(headers: Headers, row: Row): void {
  if (forbidsUpdate(headers)) {
    throw new DataverseError(412, errorCode.duplicateRecord, 'A record with matching key values already exists.');
  }
  const wanted = headers['if-match']?.trim();
  if (wanted === undefined || wanted === '' || wanted === '*') return;
  const normal = wanted.replace(/\\"/g, '"');
  if (normal !== etagOf(row)) {
    throw new DataverseError(
      412,
      errorCode.concurrencyVersionMismatch,
      "The version of the existing record doesn't match the RowVersion property provided.",
    );
  }
}
