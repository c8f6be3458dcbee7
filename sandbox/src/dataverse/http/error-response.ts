import { DataverseError } from '../errors';
import { odataHeaders, type ApiResponse } from './api-message';

/** What goes wrong outside of the Web API's own answers, in its dress: unreadable addresses, bodies too large, our faults. */
export const plainError = (status: number, message: string): ApiResponse => ({
  status,
  headers: { 'content-type': 'application/json; odata.metadata=minimal', ...odataHeaders },
  body: JSON.stringify({ error: { code: status < 500 ? '0x80060888' : '0x80040216', message } }),
});

/** `{"error":{"code","message"}}`; what is no answer of the Web API is a fault of this stand-in and thrown on. */
export function errorResponse(error: unknown): ApiResponse {
  if (!(error instanceof DataverseError)) throw error;
  return {
    status: error.status,
    headers: { 'content-type': 'application/json; odata.metadata=minimal', ...odataHeaders, ...error.headers },
    body: JSON.stringify({ error: { code: error.code, message: error.message } }),
  };
}
