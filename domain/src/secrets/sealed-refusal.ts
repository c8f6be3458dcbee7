import type { Language } from '../text/language';
import { longestSealed, longestSecret, readSealed, type SealedSecret } from './sealed-secret';

/** Why a sealed secret is not used. `not-bound`: it was sealed for another person, environment, command or host, or changed since. */
export type SealedRefusal = 'malformed' | 'too-long' | 'too-old' | 'used' | 'unknown-key' | 'not-bound';

/** A sealed secret is used within this of its command's creation, in milliseconds (ADR-23). */
export const sealedLifetimeMs = 600_000;

/** What can be judged before a key is needed. Pure. */
export function judgeSealed(text: string, createdOn: Date, now: Date): SealedSecret | SealedRefusal {
  if (text.length > longestSealed) return 'too-long';
  // A creation in the future is nobody's clock: it would keep a secret usable for longer.
  const age = now.getTime() - createdOn.getTime();
  if (!(Math.abs(age) <= sealedLifetimeMs)) return 'too-old';
  return readSealed(text) ?? 'malformed';
}

const texts: Readonly<Record<SealedRefusal, Readonly<Record<Language, string>>>> = {
  malformed: {
    1033: 'The secret arrived damaged. Reload the page, then enter it again.',
    3084: 'Le secret reçu est endommagé. Actualisez la page, puis saisissez-le de nouveau.',
  },
  'too-long': {
    1033: `The secret is longer than ${longestSecret} bytes. Enter the secret only, without anything around it.`,
    3084: `Le secret dépasse ${longestSecret} octets. Saisissez uniquement le secret, sans rien autour.`,
  },
  'too-old': {
    1033: 'The secret was not used within ten minutes and has been discarded. Enter it again.',
    3084: 'Le secret n’a pas été utilisé dans les dix minutes et a été supprimé. Saisissez-le de nouveau.',
  },
  used: {
    1033: 'The secret has already been read once and is not read again. Enter it again.',
    3084: 'Le secret a déjà été lu et ne peut l’être qu’une fois. Saisissez-le de nouveau.',
  },
  'unknown-key': {
    1033: 'The secret was encrypted with a key that the integration no longer has. Reload the page, then enter it again.',
    3084: 'Le secret a été chiffré avec une clé que l’intégration n’a plus. Actualisez la page, puis saisissez-le de nouveau.',
  },
  'not-bound': {
    1033: 'The secret was encrypted for another person, environment, request or address. Reload the page, check the address, then enter the secret again.',
    3084: 'Le secret a été chiffré pour une autre personne, un autre environnement, une autre demande ou une autre adresse. Actualisez la page, vérifiez l’adresse, puis saisissez le secret de nouveau.',
  },
};

/** Why a secret was not used and what to do, for the person who entered it. */
export const sealedRefusalText = (refusal: SealedRefusal, language: Language): string => texts[refusal][language];
