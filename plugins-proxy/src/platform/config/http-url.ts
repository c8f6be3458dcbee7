import { isIP } from 'node:net';
import { z } from 'zod';
import { addressKind } from '../http-client/address-kind';
import { placeOf } from './host-list';

/** The URL parser has made one form of the many in which an address can be written: no site of ours is of the link (R-1225). */
function isLinkLocal(url: URL): boolean {
  const { host } = placeOf(url);
  return isIP(host) !== 0 && addressKind(host) === 'link-local';
}

const isPlain = ({ username, password, search, hash }: URL): boolean =>
  [username, password, search, hash].every((part) => part === '');

/**
 * An address that requests go to: http or https, no user or password in it (they would stand in logs), no query, none of the link.
 * Gives it without a slash at its end.
 */
export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'an http or https address', abort: true })
  .refine((value) => isPlain(new URL(value)), 'an http or https address without user, password, query and fragment')
  .refine((value) => !isLinkLocal(new URL(value)), 'an address that is not link-local')
  .transform((value) => value.replace(/\/+$/, ''));

/** An address as it may be shown: without what stands before the host. */
export function withoutUser(text: string): string {
  return text.replace(/\/\/[^/]*@/, '//…@');
}
