import { createHmac } from 'node:crypto';

/** A message as it is sent. */
export interface SignedMessage {
  /** The same each time it is sent. */
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * Headers by which whoever receives a custom webhook knows that it is ours, whole and fresh (Standard Webhooks, HMAC-SHA256).
 * @param secret `whsec_` and base64
 */
export function signWebhook(secret: string, { id, timestamp, body }: SignedMessage): Readonly<Record<string, string>> {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` };
}
