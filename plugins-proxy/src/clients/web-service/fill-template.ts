import { escapeHtml } from '@crmjira/domain';
import { ServiceError } from './service-error';
import type { ServiceSecrets } from './service-settings';

/** Value of a field of a record. */
export type Scalar = string | number | boolean | null;

/** What is filled in at each run. */
export interface Filling {
  /** When the last run began that succeeded; null: everything is read. */
  readonly since: Date | null;
  readonly page: number;
  readonly offset: number;
  readonly pageSize: number;
  readonly cursor: string;
  /** Of the record that is written. */
  readonly id?: string;
  /** By path of a mapping. */
  readonly values?: Readonly<Record<string, Scalar>>;
}

/** Where a value is filled in, and so how it is escaped. */
export type Place = 'address' | 'json' | 'xml' | 'plain';

const escapes: Readonly<Record<Place, (text: string) => string>> = {
  address: encodeURIComponent,
  json: (text) => JSON.stringify(text).slice(1, -1),
  // Control characters have no place in XML, however they are written.
  xml: (text) => escapeHtml(text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')),
  plain: (text) => text,
};

const beginning = '1970-01-01T00:00:00Z';
const pattern = /\{(lastSync|page|offset|cursor|pageSize|id|(?:secret|value):[^{}\r\n]{1,200})\}/g;

/**
 * Fills in what a run knows; braces around anything else stay. Pure.
 * @throws ServiceError where a secret is named that is not stored
 */
export function fillTemplate(template: string, place: Place, filling: Filling, secrets: ServiceSecrets): string {
  const escape = escapes[place];
  const valueOf = (name: string): string => {
    if (name === 'lastSync') return filling.since?.toISOString() ?? beginning;
    if (name === 'page') return String(filling.page);
    if (name === 'offset') return String(filling.offset);
    if (name === 'pageSize') return String(filling.pageSize);
    if (name === 'cursor') return filling.cursor;
    if (name === 'id') return filling.id ?? '';
    if (name.startsWith('value:')) return String(filling.values?.[name.slice('value:'.length)] ?? '');
    const secret = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
    if (secret === undefined || place === 'address' || place === 'plain')
      throw new ServiceError('service-secret-unknown', { secret: name.slice('secret:'.length) });
    return secret;
  };
  return template.replaceAll(pattern, (_, name: string) => escape(valueOf(name)));
}

/** Names of the secrets that a template is filled with. */
export const secretsIn = (template: string): readonly string[] => [
  ...new Set([...template.matchAll(/\{secret:([^{}\r\n]{1,200})\}/g)].map(([, name = '']) => name)),
];
