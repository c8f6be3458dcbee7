import { DataverseError, errorCode } from '../errors';
import type { ApiRequest } from './api-message';

const jsonType = /^\s*application\/json\s*(;|$)/i;

/**
 * The Web API reads bodies as JSON only, and only when they say so.
 * Source: learn.microsoft.com "Compose HTTP requests and handle errors", HTTP headers.
 * @throws DataverseError 415
 */
export function requireJson({ body, headers }: ApiRequest): void {
  const type = headers['content-type'];
  if (body === '' || type === undefined || jsonType.test(type)) return;
  throw new DataverseError(
    415,
    errorCode.badRequest,
    `The request entity's media type '${type}' is not supported for this resource.`,
  );
}
