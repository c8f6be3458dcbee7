import { createHash } from 'node:crypto';

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const emptyGuid = '00000000-0000-0000-0000-000000000000';

export const isGuid = (text: string): boolean => pattern.test(text);

const known = new Map<string, string>();

/** The same name gives the same identifier on every start: rows and definitions that the platform itself brings. */
export function guidOf(name: string): string {
  const found = known.get(name) ?? derived(name);
  known.set(name, found);
  return found;
}

function derived(name: string): string {
  const hex = createHash('sha1').update(`crmjira-sandbox:${name}`).digest('hex');
  const variant = ((parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16).padStart(2, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}
