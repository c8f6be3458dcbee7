import type { ApiResponse } from './api-message';

/** Control information that stays when a client wants none: without it the rest of a list could not be had. */
const kept = new Set(['@odata.nextLink', '@odata.deltaLink', '@odata.count']);

const withoutControl = (name: string, value: unknown): unknown =>
  name.includes('@odata.') && !kept.has(name) ? undefined : value;

/**
 * `Accept: application/json;odata.metadata=none` leaves out context, etags, types.
 * Source: OData JSON Format 4.0, "Controlling the Amount of Control Information in Responses".
 */
export function controlInformation(accept: string | undefined, response: ApiResponse): ApiResponse {
  const type = response.headers['content-type'];
  if (response.body === undefined || !type?.startsWith('application/json')) return response;
  if (accept === undefined || !/odata\.metadata\s*=\s*none/i.test(accept)) return response;
  const bare: unknown = JSON.parse(response.body, withoutControl);
  return {
    ...response,
    headers: { ...response.headers, 'content-type': type.replace('odata.metadata=minimal', 'odata.metadata=none') },
    body: JSON.stringify(bare),
  };
}
