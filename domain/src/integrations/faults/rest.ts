import { ErrorClass } from '../../schema/generated/options';
import type { Language } from '../../text/language';
import { type ConnectionFault, fault, type FaultArgs, type FaultSentences } from './fault-words';
import { serviceSettingName } from './service-setting-names';

const { Authentication, Invalid, Mapping, Timeout, WrongProduct } = ErrorClass;

/** As `fault`, for sentences that name a setting: `{what}` is its name in the form. */
function aboutSetting(told: ConnectionFault): ConnectionFault {
  const named =
    (language: Language) =>
    (args: FaultArgs): FaultSentences =>
      told.words[language]({ ...args, what: serviceSettingName(args['what'] ?? '', language) });
  return { ...told, words: { 1033: named(1033), 3084: named(3084) } };
}

/** What can be wrong with a REST service, and with a SOAP service alike, beside the way to it. */
export const serviceFaults = {
  'service-incomplete': aboutSetting(
    fault(
      Invalid,
      ['{what} is not entered yet.', 'Enter it, then test again.'],
      ['{what}\u00a0: rien n’est encore entré.', 'Entrez une valeur, puis refaites le test.'],
    ),
  ),
  'service-secret-unknown': fault(
    Authentication,
    [
      'The secret {secret} is not stored, or stands in the address.',
      'Enter its value. A secret may stand in a header, in the body or in the envelope, never in an address.',
    ],
    [
      'Le secret {secret} n’est pas enregistré, ou figure dans l’adresse.',
      'Entrez sa valeur. Un secret peut figurer dans un en-tête, dans le corps ou dans l’enveloppe, jamais dans une adresse.',
    ],
  ),
  'service-client-certificate': fault(
    Authentication,
    [
      'The service asks for a certificate that proves who calls, and did not get one that it takes (TLS).',
      'Name a certificate and its key that the service knows.',
    ],
    [
      'Le service exige un certificat qui prouve l’identité de l’appelant, et n’en a pas reçu qu’il accepte (TLS).',
      'Indiquez un certificat et sa clé que le service connaît.',
    ],
  ),
  'service-certificate-unreadable': fault(
    Invalid,
    [
      'The certificate, its key or the authority cannot be used.',
      'Check that each name leads to PEM that the service may read, and that key and certificate belong together.',
    ],
    [
      'Le certificat, sa clé ou l’autorité est inutilisable.',
      'Vérifiez que chaque nom mène à un PEM lisible par le service, et que la clé correspond au certificat.',
    ],
  ),
  'service-method': fault(
    Invalid,
    [
      'The service does not take this method here (405).',
      'Choose the method that its documentation names for this path.',
    ],
    [
      'Le service n’accepte pas cette méthode ici (405).',
      'Choisissez la méthode que sa documentation indique pour ce chemin.',
    ],
  ),
  'service-token-refused': fault(
    Authentication,
    [
      '{host} gave no token ({error}).',
      'Check the client ID, its secret and the scope, and how the client proves itself.',
    ],
    [
      '{host} n’a pas délivré de jeton ({error}).',
      'Vérifiez l’identifiant du client, son secret et la portée, et la façon dont le client s’authentifie.',
    ],
  ),
  'service-token-unreadable': fault(
    WrongProduct,
    ['What answers at {host} is no service of tokens ({status}).', 'Check the address of tokens.'],
    ['Ce qui répond à {host} n’est pas un service de jetons ({status}).', 'Vérifiez l’adresse des jetons.'],
  ),
  'service-other-origin': fault(
    Invalid,
    [
      'The next page is said to be at {to}, not at {host}.',
      'No page of another host is read. Check what is read as the next page.',
    ],
    [
      'La page suivante serait à {to}, et non à {host}.',
      'Aucune page d’un autre hôte n’est lue. Vérifiez ce qui est lu comme page suivante.',
    ],
  ),
  'service-page-again': fault(
    Invalid,
    ['The service leads to the same page again and again.', 'Check the paging: page, offset, link or cursor.'],
    ['Le service mène sans cesse à la même page.', 'Vérifiez la pagination\u00a0: page, décalage, lien ou curseur.'],
  ),
  'service-too-many-pages': fault(
    Invalid,
    ['There are more than {most} pages.', 'Ask for what has changed since the last run, or allow more pages.'],
    [
      'Il y a plus de {most} pages.',
      'Demandez ce qui a changé depuis la dernière exécution, ou permettez plus de pages.',
    ],
  ),
  'service-no-identifier': fault(
    Mapping,
    ['A record has no identifier.', 'Check the path of the identifier, or of the mapping that is the key.'],
    [
      'Un enregistrement n’a pas d’identifiant.',
      'Vérifiez le chemin de l’identifiant, ou de la correspondance qui sert de clé.',
    ],
  ),
  'service-value-unfit': fault(
    Mapping,
    [
      '“{value}” at {expression} does not fit the column or the transform.',
      'Correct the value, or choose another transform or field.',
    ],
    [
      '«\u00a0{value}\u00a0», à {expression}, ne convient pas à la colonne ou à la transformation.',
      'Corrigez la valeur, ou choisissez une autre transformation ou un autre champ.',
    ],
  ),
  'service-table-unknown': fault(
    Mapping,
    ['Rows of the table {table} cannot be synchronised.', 'Choose one table of this environment.'],
    [
      'Les lignes de la table {table} ne peuvent pas être synchronisées.',
      'Choisissez une seule table de cet environnement.',
    ],
  ),
  'service-column-gone': fault(
    Mapping,
    ['{column} does not exist in {table} any more.', 'Choose another column in the mapping that names it.'],
    ['{column} n’existe plus dans {table}.', 'Choisissez une autre colonne dans la correspondance qui la nomme.'],
  ),
  'service-expression-invalid': fault(
    Mapping,
    ['{expression} cannot be read: {why}', 'Correct the path.'],
    ['{expression} est illisible\u00a0: {why}', 'Corrigez le chemin.'],
  ),
  'service-expression-slow': fault(
    Timeout,
    ['Reading the answer took longer than a second.', 'Make the paths simpler, or ask for smaller pages.'],
    [
      'La lecture de la réponse a duré plus d’une seconde.',
      'Simplifiez les chemins, ou demandez des pages plus petites.',
    ],
  ),
  'service-expression-memory': fault(
    Mapping,
    ['Reading the answer took more memory than it may.', 'Make the paths simpler, or ask for smaller pages.'],
    [
      'La lecture de la réponse a exigé plus de mémoire que permis.',
      'Simplifiez les chemins, ou demandez des pages plus petites.',
    ],
  ),
  'service-result-large': fault(
    Mapping,
    ['The paths find more than a run may hold.', 'Ask for smaller pages, or have each path find one value.'],
    [
      'Les chemins trouvent plus qu’une exécution ne peut contenir.',
      'Demandez des pages plus petites, ou faites en sorte que chaque chemin trouve une seule valeur.',
    ],
  ),
  'service-too-deep': fault(
    WrongProduct,
    ['The answer is nested too deeply to be read.', 'Check the address; such an answer holds no records.'],
    [
      'La réponse est trop imbriquée pour être lue.',
      'Vérifiez l’adresse; une telle réponse ne contient pas d’enregistrements.',
    ],
  ),
} as const;
