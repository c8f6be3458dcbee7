import { DataverseError } from '../errors';
import { parsePreferences, type Preferences } from '../annotations/preferences';
import { odataHeaders, type ApiResponse } from './api-message';

/** What goes wrong outside of the Web API's own answers, in its dress: unreadable addresses, bodies too large, our faults. */
export const plainError = (status: number, message: string): ApiResponse => ({
  status,
  headers: { 'content-type': 'application/json; odata.metadata=minimal', ...odataHeaders },
  body: JSON.stringify({ error: { code: status < 500 ? '0x80060888' : '0x80040216', message } }),
});

const details = 'Microsoft.PowerApps.CDS';

/** What `Prefer: odata.include-annotations` adds to an error. Source: learn.microsoft.com "Compose HTTP requests and handle errors". */
function annotated({ code, message }: DataverseError, { annotations }: Preferences): Readonly<Record<string, string>> {
  const all = {
    [`${details}.HelpLink`]: `http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a${code.slice(2)}&client=platform`,
    [`${details}.InnerError.Message`]: message,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (annotations(name) ? [[`@${name}`, value] as const] : [])),
  );
}

/** `{"error":{"code","message"}}`; what is no answer of the Web API is a fault of this stand-in and thrown on. */
export function errorResponse(error: unknown, preferences: Preferences = parsePreferences(undefined)): ApiResponse {
  if (!(error instanceof DataverseError)) throw error;
  return {
    status: error.status,
    headers: { 'content-type': 'application/json; odata.metadata=minimal', ...odataHeaders, ...error.headers },
    body: JSON.stringify({ error: { code: error.code, message: error.message, ...annotated(error, preferences) } }),
  };
}
