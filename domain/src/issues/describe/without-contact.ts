import type { Language } from '../../text/language';

export interface ContactData {
  readonly name: string | null;
  readonly phone: string | null;
  readonly mail: string | null;
}

// Bounded, so that a long text without either is read once.
const MAIL = /[^\s@<>()[\]",;:]{1,64}@[^\s@<>()[\]",;:.]{1,63}(?:\.[^\s@<>()[\]",;:.]{1,63}){1,8}/gu;
const PHONE = /\+?\d[\d\s().-]{5,20}\d/g;
const digits = (text: string): string => text.replace(/\D/g, '');
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A text that somebody typed, without mail addresses and without the contact's name and phone, which are replaced by a word. */
export function withoutContact(text: string, contact: ContactData | null, language: Language): string {
  const [mail, phone, name] =
    language === 3084 ? ['[courriel]', '[téléphone]', '[contact]'] : ['[e-mail]', '[phone]', '[contact]'];
  const own = digits(contact?.phone ?? '').slice(-7);
  const full = contact?.name?.trim() ?? '';
  const withoutPhone = text
    .replace(MAIL, mail!)
    .replace(PHONE, (found) => (own.length === 7 && digits(found).endsWith(own) ? phone! : found));
  return full === ''
    ? withoutPhone
    : withoutPhone.replace(new RegExp(escaped(full).replace(/\s+/g, '\\s+'), 'giu'), name!);
}
