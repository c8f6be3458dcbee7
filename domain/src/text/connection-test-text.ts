import type { Language } from './language';

/** What is wrong with a connection, as a test tells it. */
export type ConnectionTrouble =
  | 'unreachable'
  | 'refused'
  | 'not-found'
  | 'rate-limited'
  | 'wrong-product'
  | 'invalid'
  | 'secret'
  | 'unknown';

type Sentence = Readonly<Record<Language, string>>;

const works: Sentence = {
  1033: 'The connection works: the integration signs in to {host} as {account}.',
  3084: 'La connexion fonctionne\u00a0: l’intégration s’authentifie auprès de {host} en tant que {account}.',
};

const troubles: Readonly<Record<ConnectionTrouble, Sentence>> = {
  unreachable: {
    1033: '{product} does not answer at this address. Check the address, the gateway and the network, then test again.',
    3084: '{product} ne répond pas à cette adresse. Vérifiez l’adresse, la passerelle et le réseau, puis refaites le test.',
  },
  refused: {
    1033: '{product} refuses this sign-in. Check the user, the secret and the permissions of the account, then test again.',
    3084: '{product} refuse cette authentification. Vérifiez l’utilisateur, le secret et les autorisations du compte, puis refaites le test.',
  },
  'not-found': {
    1033: 'Nothing was found at this address. Check the address, then test again.',
    3084: 'Rien n’a été trouvé à cette adresse. Vérifiez l’adresse, puis refaites le test.',
  },
  'rate-limited': {
    1033: '{product} asked us to slow down. Test again in a few minutes.',
    3084: '{product} a demandé de ralentir. Refaites le test dans quelques minutes.',
  },
  'wrong-product': {
    1033: 'What answers at this address is not the {product} that the connection describes. Check the address and the deployment, then test again.',
    3084: 'Ce qui répond à cette adresse n’est pas le {product} que décrit la connexion. Vérifiez l’adresse et le déploiement, puis refaites le test.',
  },
  invalid: {
    1033: 'The connection cannot be used as it stands. Correct what is named, then test again.',
    3084: 'La connexion est inutilisable telle quelle. Corrigez ce qui est indiqué, puis refaites le test.',
  },
  secret: {
    1033: 'The secret of the connection cannot be read. Correct what is named or enter the secret again, then test again.',
    3084: 'Le secret de la connexion est illisible. Corrigez ce qui est indiqué ou saisissez de nouveau le secret, puis refaites le test.',
  },
  unknown: {
    1033: 'Something unexpected happened. The cause is in the log.',
    3084: 'Une erreur inattendue s’est produite. La cause se trouve dans le journal.',
  },
};

/** Brings in the words of the service or of the other system, which are English or its own. */
const detail: Sentence = { 1033: 'Details: {words}', 3084: 'Détails\u00a0: {words}' };

/** That a connection works, for the administrator who asked. Pure. */
export const connectionWorksText = (host: string, account: string, language: Language): string =>
  works[language].replace('{host}', () => host).replace('{account}', () => account);

/** What is wrong with a connection and what to do, for the administrator who asked. Pure. */
export const connectionTroubleText = (
  trouble: ConnectionTrouble,
  says: string,
  language: Language,
  product = 'Jira',
): string =>
  `${troubles[trouble][language].replace('{product}', product)} ${detail[language].replace('{words}', () => says)}`;

/** That a record cannot be tested. Pure. */
export const notTestableText = (language: Language): string =>
  language === 3084
    ? 'Cet enregistrement n’est pas une connexion à Jira ou à Sentry. Seules ces connexions peuvent être testées.'
    : 'This record is not a connection to Jira or Sentry. Only those can be tested.';
