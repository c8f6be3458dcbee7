import { createHmac } from 'node:crypto';

/**
 * The webhook secret of a further connection: derived from that of the first one, so that the administrators of one site cannot sign for
 * another, and that one rotation exchanges all of them.
 * @returns 64 hexadecimal digits
 */
export const webhookSecretOf = (secret: string, connectionId: string): string =>
  createHmac('sha256', secret).update(`webhook:${connectionId.toLowerCase()}`).digest('hex');
