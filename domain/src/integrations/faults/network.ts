import { ErrorClass } from '../../schema/generated/options';
import { fault, issued, transient } from './fault-words';

const { Authentication, Timeout, RateLimit, Permission, NotFound, WrongProduct, Invalid, Unreachable } = ErrorClass;

/**
 * What can be wrong with any service that is called, or with the way to it. Sentences name `product` (or the host, where the product is
 * not known by name) and `host`; those of answers name `status`.
 */
export const networkFaults = {
  'name-unknown': fault(
    Unreachable,
    [
      'The name {host} was not found (DNS).',
      'Check the spelling, or whether the host is known inside the network only.',
    ],
    [
      'Le nom {host} est introuvable (DNS).',
      'Vérifiez l’orthographe, ou si l’hôte n’est connu que dans le réseau interne.',
    ],
    transient,
  ),
  'connection-refused': fault(
    Unreachable,
    ['{host} refuses the connection.', 'Check the port, and whether the service runs there.'],
    ['{host} refuse la connexion.', 'Vérifiez le port, et si le service y fonctionne.'],
    transient,
  ),
  'cut-off': fault(
    Unreachable,
    ['{host} ended the connection before it answered.', 'Check what stands in between, then test again.'],
    [
      '{host} a coupé la connexion avant de répondre.',
      'Vérifiez ce qui se trouve entre les deux, puis refaites le test.',
    ],
    transient,
  ),
  unreachable: fault(
    Unreachable,
    ['No way leads to {host}.', 'Check the network and the firewall between the service and this address.'],
    ['Aucun chemin ne mène à {host}.', 'Vérifiez le réseau et le pare-feu entre le service et cette adresse.'],
    transient,
  ),
  'proxy-refused': fault(
    Unreachable,
    [
      'The proxy server on the way does not let the service through to {host}.',
      'Ask the network team to allow this host.',
    ],
    [
      'Le serveur mandataire ne laisse pas le service atteindre {host}.',
      'Demandez à l’équipe du réseau de permettre cet hôte.',
    ],
  ),
  'no-answer': fault(
    Timeout,
    ['No answer within 30 seconds.', 'Check the firewall between the service and this address.'],
    ['Aucune réponse en 30 secondes.', 'Vérifiez le pare-feu entre le service et cette adresse.'],
    transient,
  ),
  'certificate-unknown-authority': fault(
    Unreachable,
    [
      `The certificate of the host is not trusted (TLS).${issued.english}`,
      'The authority that issued it is not known here. Add that authority to the service.',
    ],
    [
      `Le certificat de l’hôte n’est pas approuvé (TLS).${issued.french}`,
      'L’autorité qui l’a émis n’est pas connue ici. Ajoutez cette autorité au service.',
    ],
  ),
  'certificate-self-signed': fault(
    Unreachable,
    [
      'The certificate of the host is not trusted (TLS).',
      'It was issued by itself. Add it to the service, or have an authority issue one.',
    ],
    [
      'Le certificat de l’hôte n’est pas approuvé (TLS).',
      'Il est autosigné. Ajoutez-le au service, ou faites-en émettre un par une autorité.',
    ],
  ),
  'certificate-other-name': fault(
    Unreachable,
    [
      `The certificate of the host was issued for another name than {host} (TLS).${issued.english}`,
      'Use the name for which it was issued, or have one issued for this name.',
    ],
    [
      `Le certificat de l’hôte a été émis pour un autre nom que {host} (TLS).${issued.french}`,
      'Utilisez le nom pour lequel il a été émis, ou faites-en émettre un pour ce nom.',
    ],
  ),
  'certificate-expired': fault(
    Unreachable,
    [`The certificate of {host} has expired (TLS).${issued.english}`, 'Have it renewed there.'],
    [`Le certificat de {host} est expiré (TLS).${issued.french}`, 'Faites-le renouveler.'],
  ),
  'certificate-not-yet-valid': fault(
    Unreachable,
    [
      `The certificate of {host} is not valid yet (TLS).${issued.english}`,
      'Check the clock of the machine of the service, then the certificate.',
    ],
    [
      `Le certificat de {host} n’est pas encore valide (TLS).${issued.french}`,
      'Vérifiez l’horloge de la machine du service, puis le certificat.',
    ],
  ),
  'certificate-refused': fault(
    Unreachable,
    [
      `The certificate of {host} is refused (TLS).${issued.english}`,
      'It was revoked, or is meant for another purpose. Have a new one issued.',
    ],
    [
      `Le certificat de {host} est refusé (TLS).${issued.french}`,
      'Il a été révoqué, ou vise un autre usage. Faites-en émettre un nouveau.',
    ],
  ),
  'not-tls': fault(
    Unreachable,
    [
      'No protected connection to {host} comes about (TLS).',
      'Check the port, and which versions of TLS the host takes.',
    ],
    [
      'Aucune connexion protégée à {host} ne s’établit (TLS).',
      'Vérifiez le port, et les versions de TLS que l’hôte accepte.',
    ],
  ),
  'address-refused': fault(
    Invalid,
    [
      'The service does not call {host}.',
      'It is a private address, or not on the list of allowed hosts. Whoever runs the service can allow it.',
    ],
    [
      'Le service n’appelle pas {host}.',
      'C’est une adresse privée, ou absente de la liste des hôtes permis. L’exploitant du service peut la permettre.',
    ],
  ),
  redirect: fault(
    WrongProduct,
    ['{host} sends the service to another address.', 'Enter the address to which it leads; no redirect is followed.'],
    ['{host} renvoie le service à une autre adresse.', 'Entrez l’adresse où il mène; aucune redirection n’est suivie.'],
  ),
  credentials: fault(
    Authentication,
    [
      '{product} refused the sign-in (401).',
      'Nothing was saved. Check the username, and whether the token has expired or been revoked; then enter a new one.',
    ],
    [
      '{product} a refusé l’authentification (401).',
      'Rien n’a été enregistré. Vérifiez le nom d’utilisateur, et si le jeton est expiré ou révoqué; puis entrez-en un nouveau.',
    ],
  ),
  captcha: fault(
    Authentication,
    [
      '{product} asks for a CAPTCHA before it lets this account in.',
      'Sign in there once with this account in a browser, then test again.',
    ],
    [
      '{product} exige un CAPTCHA avant d’admettre ce compte.',
      'Connectez-vous-y une fois avec ce compte dans un navigateur, puis refaites le test.',
    ],
  ),
  anonymous: fault(
    Authentication,
    [
      '{product} answers as to somebody unknown, although the service signs in.',
      'Check the username, and whether the token has expired or been revoked; then enter a new one.',
    ],
    [
      '{product} répond comme à un inconnu, bien que le service s’authentifie.',
      'Vérifiez le nom d’utilisateur, et si le jeton est expiré ou révoqué; puis entrez-en un nouveau.',
    ],
  ),
  forbidden: fault(
    Permission,
    [
      'The account may not do this (403).',
      'It is signed in, but lacks a permission in {product}. Give it that permission.',
    ],
    [
      'Le compte n’a pas cette autorisation (403).',
      'Il est connecté, mais il lui manque un droit dans {product}. Accordez-lui ce droit.',
    ],
  ),
  'not-found': fault(
    NotFound,
    ['Nothing is found at this address (404).', 'Check the address and its path.'],
    ['Rien n’est trouvé à cette adresse (404).', 'Vérifiez l’adresse et son chemin.'],
  ),
  'rate-limit': fault(
    RateLimit,
    ['{product} asked the service to slow down (429).', 'Lower the frequency or the batch size.'],
    ['{product} a demandé au service de ralentir (429).', 'Réduisez la fréquence ou la taille des lots.'],
    transient,
  ),
  unavailable: fault(
    Unreachable,
    ['{product} is not available just now ({status}).', 'Test again later, or ask whoever runs it.'],
    [
      '{product} n’est pas disponible pour l’instant ({status}).',
      'Refaites le test plus tard, ou consultez l’exploitant.',
    ],
    transient,
  ),
  refused: fault(
    Invalid,
    ['{product} refused the request ({status}).', 'Check the settings, then test again.'],
    ['{product} a refusé la demande ({status}).', 'Vérifiez les paramètres, puis refaites le test.'],
  ),
  'web-page': fault(
    WrongProduct,
    [
      'A web page answers at this address instead of data.',
      'A sign-in page or a proxy stands before {product}. Check the address and the sign-in.',
    ],
    [
      'Une page web répond à cette adresse au lieu de données.',
      'Une page d’authentification ou un serveur mandataire précède {product}. Vérifiez l’adresse et l’authentification.',
    ],
  ),
  'wrong-product': fault(
    WrongProduct,
    ['Something other than {product} answers here.', 'Check the address.'],
    ['Autre chose que {product} répond à cette adresse.', 'Vérifiez l’adresse.'],
  ),
  'not-http': fault(
    WrongProduct,
    [
      'What answers at {host} does not speak HTTP.',
      'Check the port and whether the address begins with http or https.',
    ],
    ['Ce qui répond à {host} ne parle pas HTTP.', 'Vérifiez le port, et si l’adresse commence par http ou https.'],
  ),
  'not-json': fault(
    WrongProduct,
    ['The answer of {product} breaks off or is not JSON.', 'Check the address and what stands in between.'],
    [
      'La réponse de {product} est coupée ou n’est pas en JSON.',
      'Vérifiez l’adresse et ce qui se trouve entre les deux.',
    ],
    transient,
  ),
  'answer-too-large': fault(
    Invalid,
    [
      'The answer of {product} is too large; it was not read to its end.',
      'Narrow what is asked for, or lower the batch size.',
    ],
    [
      'La réponse de {product} est trop grande; elle n’a pas été lue jusqu’au bout.',
      'Restreignez la demande, ou réduisez la taille des lots.',
    ],
  ),
  'secret-missing': fault(
    Authentication,
    ['The sign-in lacks its secret.', 'Enter the password or token.'],
    ['Il manque le secret de l’authentification.', 'Entrez le mot de passe ou le jeton.'],
  ),
  'secret-unreadable': fault(
    Authentication,
    ['The stored secret cannot be read.', 'Enter it again.'],
    ['Le secret enregistré est illisible.', 'Entrez-le de nouveau.'],
  ),
  'settings-invalid': fault(
    Invalid,
    ['The settings do not fit together: {detail}', 'Correct them, then test again.'],
    ['Les paramètres ne vont pas ensemble\u00a0: {detail}', 'Corrigez-les, puis refaites le test.'],
  ),
  unexpected: fault(
    null,
    ['Something unexpected happened.', 'The cause is in the log.'],
    ['Une erreur inattendue s’est produite.', 'La cause se trouve dans le journal.'],
    transient,
  ),
} as const;

export type NetworkFault = keyof typeof networkFaults;
