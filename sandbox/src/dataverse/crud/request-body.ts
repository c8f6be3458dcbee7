import { payloadError } from '../errors';
import { isBody, type Body } from './read-payload';

/** @throws DataverseError 400 for a body that is no JSON object. */
export function parseBody(text: string): Body {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw payloadError(
      `Error identified in Payload provided by the user: ${cause instanceof Error ? cause.message : 'it is no JSON'}`,
    );
  }
  if (!isBody(parsed)) throw payloadError('Error identified in Payload provided by the user: an object was expected.');
  return parsed;
}
