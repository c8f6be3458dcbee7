import { entryOf } from '../../entry-of';
import type { Language } from '../../text/language';

/** Settings and secrets of a web service, as its forms name them. */
const names: Readonly<Record<string, readonly [english: string, french: string]>> = {
  url: ['Address', 'Adresse'],
  envelope: ['Envelope template', 'Modèle d’enveloppe'],
  username: ['User name', 'Nom d’utilisateur'],
  password: ['Password', 'Mot de passe'],
  token: ['Token', 'Jeton'],
  apiKey: ['API key', 'Clé d’API'],
  clientId: ['Client ID', 'Identifiant du client'],
  clientSecret: ['Client secret', 'Secret du client'],
  tokenUrl: ['Address of tokens', 'Adresse des jetons'],
  certificate: ['Certificate', 'Certificat'],
  create: ['Create', 'Création'],
  update: ['Update', 'Modification'],
  id: ['Identifier', 'Identifiant'],
};

const french: Language = 3084;

/** A setting in words; a header and a named secret by their own name. Pure. */
export function serviceSettingName(what: string, language: Language): string {
  const known = entryOf(names, what);
  if (known === undefined) return what.replace(/^(?:header|secret):/, '');
  return language === french ? known[1] : known[0];
}
