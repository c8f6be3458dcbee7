import type { FastifyRequest } from 'fastify';
import { header } from './raw-body';
import { verifyKey } from '../authenticate/verify-key';
import { isSignature, verifySignature } from './verify-signature';
import { type Verification, secretParameter } from '../../platform/config/webhook-verification';

/** The token of `Authorization: Bearer <token>`. */
function bearerToken(request: FastifyRequest): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header(request, 'authorization') ?? '')?.[1];
}

/** The secret of the address; given twice it is none. */
function secretOfAddress(request: FastifyRequest): string | undefined {
  const value: unknown = Reflect.get(Object(request.query), secretParameter);
  return typeof value === 'string' ? value : undefined;
}

/**
 * Whether a delivery comes from a sender that has one of the secrets (two during a rotation), shown in the way that the connection
 * asks for: `signature` over the raw body (Jira Cloud, Data Center from 10 on), `bearer` for senders that can set a header (budget
 * module, Jira Automation), `url` for a Jira Server or Data Center up to 9, which can do neither.
 */
export function verifySender(
  kind: Verification,
  request: FastifyRequest,
  body: Buffer,
  secrets: readonly string[],
): boolean {
  switch (kind) {
    case 'signature':
      return verifySignature(body, header(request, 'x-hub-signature'), secrets);
    case 'bearer':
      return verifyKey(bearerToken(request), secrets);
    case 'url':
      return verifyKey(secretOfAddress(request), secrets);
  }
}

const noBody = Buffer.alloc(0);

/** What can be told before the body is read: of a sender that shows nothing, or the wrong secret, nothing is read (F-303). */
export function mayBeSender(kind: Verification, request: FastifyRequest, secrets: readonly string[]): boolean {
  return kind === 'signature'
    ? isSignature(header(request, 'x-hub-signature'))
    : verifySender(kind, request, noBody, secrets);
}
