import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

/** Addresses of the link, where clouds keep the keys of the machine: no site of ours is there (R-1225). */
const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16);
linkLocal.addSubnet('fe80::', 10, 'ipv6');
linkLocal.addAddress('fd00:ec2::254', 'ipv6');

/** The URL parser has made one form of the many in which an address can be written. */
function isLinkLocal({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  return family !== 0 && linkLocal.check(host, family === 6 ? 'ipv6' : 'ipv4');
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
