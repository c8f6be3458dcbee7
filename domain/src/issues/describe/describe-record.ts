import type { Language } from '../../text/language';
import { cutText } from '../../text/fit-text';
import { inLanguage, type InBoth } from '../texts/in-language';
import { type ContactData, withoutContact } from './without-contact';

/** What an issue is made from. */
export interface IssueSource {
  readonly kind: 'case' | 'opportunity' | 'account' | 'product' | 'error';
  /** Number of the case or product; null: it has none. */
  readonly number: string | null;
  readonly title: string;
  readonly description: string | null;
  readonly account: string | null;
  readonly product: string | null;
  /** As people read it. */
  readonly priority: string | null;
  /** The record's form; null: no address is known. */
  readonly url: string | null;
  /** Who asked for the issue: a user of Dynamics. */
  readonly askedBy: string;
  /** A note for the developers. */
  readonly note: string | null;
  readonly contact: ContactData | null;
  /** Of a monitored error: level, count and times as people read them, address in the monitor. */
  readonly error: {
    readonly level: string;
    readonly events: string;
    readonly firstSeen: string;
    readonly lastSeen: string;
    readonly url: string | null;
  } | null;
}

export interface DescribePolicy {
  readonly language: Language;
  /** Name, phone and e-mail of the contact go to Jira. */
  readonly contactData: boolean;
}

/** A part of a description, before it becomes ADF or wiki text. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly { readonly name: string; readonly value: string }[] }
  | { readonly kind: 'link'; readonly text: string; readonly url: string };

/** Jira takes 32,767 characters of description, markup included. */
const LONGEST_TEXT = 20_000;

const NAMES = {
  number: { en: 'Case', fr: 'Incident' },
  account: { en: 'Account', fr: 'Compte' },
  product: { en: 'Product', fr: 'Produit' },
  priority: { en: 'Priority', fr: 'Priorité' },
  contact: { en: 'Contact', fr: 'Contact' },
  level: { en: 'Level', fr: 'Niveau' },
  events: { en: 'Events', fr: 'Événements' },
  firstSeen: { en: 'First seen', fr: 'Première occurrence' },
  lastSeen: { en: 'Last seen', fr: 'Dernière occurrence' },
  open: { en: 'Open in Dynamics 365', fr: 'Ouvrir dans Dynamics 365' },
  monitor: { en: 'Open in Sentry', fr: 'Ouvrir dans Sentry' },
} as const satisfies Readonly<Record<string, InBoth>>;

const MADE_FROM: Readonly<Record<IssueSource['kind'], (who: string) => InBoth>> = {
  case: (who) => ({
    en: `Created from a case in Dynamics 365 at the request of ${who}.`,
    fr: `Créé à partir d’un incident dans Dynamics 365 à la demande de ${who}.`,
  }),
  opportunity: (who) => ({
    en: `Created from an opportunity in Dynamics 365 at the request of ${who}.`,
    fr: `Créé à partir d’une opportunité dans Dynamics 365 à la demande de ${who}.`,
  }),
  account: (who) => ({
    en: `Created from an account in Dynamics 365 at the request of ${who}.`,
    fr: `Créé à partir d’un compte dans Dynamics 365 à la demande de ${who}.`,
  }),
  product: (who) => ({
    en: `Created from a product in Dynamics 365 at the request of ${who}.`,
    fr: `Créé à partir d’un produit dans Dynamics 365 à la demande de ${who}.`,
  }),
  error: (who) => ({
    en: `Created from a monitored error in Dynamics 365 at the request of ${who}.`,
    fr: `Créé à partir d’une erreur surveillée dans Dynamics 365 à la demande de ${who}.`,
  }),
};

/** What the description says, from the record's own data and who asked; nothing of the contact unless the policy says so (R-1706). */
export function describeRecord(source: IssueSource, { language, contactData }: DescribePolicy): readonly Block[] {
  const { number, account, product, priority, error, contact } = source;
  const own = (text: string): string =>
    cutText(contactData ? text : withoutContact(text, contact, language), LONGEST_TEXT);
  const row = (name: keyof typeof NAMES, value: string | null | undefined): { name: string; value: string }[] =>
    value == null || value.trim() === '' ? [] : [{ name: inLanguage(NAMES[name], language), value }];
  const text = (value: string | null): Block[] =>
    value === null || value.trim() === '' ? [] : [{ kind: 'text', text: own(value.trim()) }];
  const link = (name: keyof typeof NAMES, url: string | null | undefined): Block[] =>
    url == null || !/^https?:\/\//i.test(url) ? [] : [{ kind: 'link', text: inLanguage(NAMES[name], language), url }];
  const rows = [
    ...(source.kind === 'case' ? row('number', number) : []),
    ...row('account', account),
    ...row('product', product),
    ...row('priority', priority),
    ...row('level', error?.level),
    ...row('events', error?.events),
    ...row('firstSeen', error?.firstSeen),
    ...row('lastSeen', error?.lastSeen),
    ...(contactData && contact !== null
      ? row('contact', [contact.name, contact.phone, contact.mail].filter(Boolean).join(', '))
      : []),
  ];
  return [
    ...text(source.description),
    ...text(source.note),
    ...(rows.length === 0 ? [] : [{ kind: 'facts', rows } as const]),
    ...link('open', source.url),
    ...link('monitor', error?.url),
    { kind: 'text', text: inLanguage(MADE_FROM[source.kind](source.askedBy), language) },
  ];
}

/** What the form shows before anything is sent: the same words. */
export const previewOf = (blocks: readonly Block[], language: Language): string =>
  blocks
    .map((block) =>
      block.kind === 'text'
        ? block.text
        : block.kind === 'link'
          ? `${block.text}${colon(language)}${block.url}`
          : block.rows.map(({ name, value }) => `${name}${colon(language)}${value}`).join('\n'),
    )
    .join('\n\n');

export const colon = (language: Language): string => (language === 3084 ? '\u00a0: ' : ': ');
