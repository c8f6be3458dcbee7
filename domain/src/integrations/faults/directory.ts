import { ErrorClass } from '../../schema/generated/options';
import { type ConnectionFault, fault as faultOf, issued } from './fault-words';

type Sentences = readonly [says: string, remedy: string];

const { Authentication, Invalid, NotFound, Permission, RateLimit, Timeout, Unreachable, WrongProduct } = ErrorClass;

/** Trouble that passes by itself. */
const passing: ReadonlySet<ErrorClass> = new Set([RateLimit, Timeout, Unreachable]);

/** `{server}` is host and port, `{detail}` what the directory or the connection said. */
const fault = (errorClass: ErrorClass, english: Sentences, french: Sentences): ConnectionFault =>
  faultOf(errorClass, english, french, { isTransient: passing.has(errorClass) });

const refusedSignIn: Sentences = ['The directory refused the sign-in.', 'L’annuaire a refusé l’authentification.'];
/** A sign-in that was refused, why, and what to do about it. */
const signIn = (english: Sentences, french: Sentences): ConnectionFault =>
  fault(
    Authentication,
    [`${refusedSignIn[0]} ${english[0]}`, english[1]],
    [`${refusedSignIn[1]} ${french[0]}`, french[1]],
  );

/** Faults of a directory and the way to it, by name. */
export const directoryFaults = {
  'address-refused': fault(
    Invalid,
    [
      '{server} may not be called from here.',
      'Ask whoever runs the service to allow this host and port, or enter another server.',
    ],
    [
      'Le service n’a pas le droit d’appeler {server}.',
      'Demandez à la personne qui exploite le service d’autoriser cet hôte et ce port, ou entrez un autre serveur.',
    ],
  ),
  'name-unknown': fault(
    Unreachable,
    [
      'There is no server of the name {host}.',
      'Check the spelling. A name of the internal network is known only where the service runs inside it.',
    ],
    [
      'Aucun serveur ne porte le nom {host}.',
      'Vérifiez l’orthographe. Un nom du réseau interne n’est connu que si le service s’exécute dans ce réseau.',
    ],
  ),
  'connection-refused': fault(
    Unreachable,
    [
      'Nothing takes connections at {server}.',
      'Check the port: 636 for LDAPS, 389 for StartTLS. A firewall may be in between.',
    ],
    [
      'Rien n’accepte de connexion sur {server}.',
      'Vérifiez le port : 636 pour LDAPS, 389 pour StartTLS. Un pare-feu peut être en cause.',
    ],
  ),
  unreachable: fault(
    Unreachable,
    ['No route leads to {server}.', 'Ask the network administrator to open the way from the service to the directory.'],
    [
      'Aucun chemin réseau ne mène à {server}.',
      'Demandez à l’administrateur réseau d’ouvrir le passage du service vers l’annuaire.',
    ],
  ),
  'no-answer': fault(
    Timeout,
    [
      '{server} did not answer in time.',
      'Check whether the directory is up and whether a firewall drops the connection. It is tried again by itself.',
    ],
    [
      '{server} n’a pas répondu à temps.',
      'Vérifiez que l’annuaire fonctionne et qu’aucun pare-feu ne bloque la connexion. Un nouvel essai se fait automatiquement.',
    ],
  ),
  'not-a-directory': fault(
    WrongProduct,
    ['What answers at {server} is no directory.', 'Check server and port: 636 for LDAPS, 389 for StartTLS.'],
    [
      'Ce qui répond sur {server} n’est pas un annuaire.',
      'Vérifiez le serveur et le port : 636 pour LDAPS, 389 pour StartTLS.',
    ],
  ),
  'not-tls': fault(
    WrongProduct,
    ['{server} does not speak TLS.', 'Choose 636 for LDAPS, or 389 with StartTLS, as the server offers it.'],
    ['{server} n’utilise pas TLS.', 'Choisissez 636 pour LDAPS, ou 389 avec StartTLS, selon ce que le serveur offre.'],
  ),
  'start-tls-refused': fault(
    Invalid,
    [
      '{server} does not offer StartTLS.',
      'Passwords would travel unprotected. Choose 636 (LDAPS), or install a certificate on the server.',
    ],
    [
      '{server} n’offre pas StartTLS.',
      'Les mots de passe circuleraient sans protection. Choisissez 636 (LDAPS), ou installez un certificat sur le serveur.',
    ],
  ),
  'certificate-expired': fault(
    Invalid,
    [`The certificate of {server} has expired.${issued.english}`, 'Ask whoever runs the directory to renew it.'],
    [
      `Le certificat de {server} est expiré.${issued.french}`,
      'Demandez à la personne qui gère l’annuaire de le renouveler.',
    ],
  ),
  'certificate-not-yet-valid': fault(
    Invalid,
    [
      `The certificate of {server} is not valid yet.${issued.english}`,
      'Check the clock of the service and the dates of the certificate.',
    ],
    [
      `Le certificat de {server} n’est pas encore valide.${issued.french}`,
      'Vérifiez l’horloge du service et les dates du certificat.',
    ],
  ),
  'certificate-other-name': fault(
    Invalid,
    [
      `The certificate of {server} is made out to another name.${issued.english}`,
      'Enter the server by the name that stands in its certificate.',
    ],
    [
      `Le certificat de {server} est établi à un autre nom.${issued.french}`,
      'Entrez le serveur par le nom inscrit dans son certificat.',
    ],
  ),
  'certificate-unknown-authority': fault(
    Invalid,
    [
      `The service does not know who signed the certificate of {server}.${issued.english}`,
      'Ask whoever runs the service to trust the authority of your directory (NODE_EXTRA_CA_CERTS).',
    ],
    [
      `Le service ne connaît pas l’autorité qui a signé le certificat de {server}.${issued.french}`,
      'Demandez à la personne qui exploite le service d’approuver l’autorité de votre annuaire (NODE_EXTRA_CA_CERTS).',
    ],
  ),
  'certificate-refused': fault(
    Invalid,
    [
      `The certificate of {server} was revoked or is not meant for servers.${issued.english}`,
      'Ask whoever runs the directory for another certificate.',
    ],
    [
      `Le certificat de {server} a été révoqué ou n’est pas destiné à un serveur.${issued.french}`,
      'Demandez un autre certificat à la personne qui gère l’annuaire.',
    ],
  ),
  credentials: signIn(
    [
      'Name or password refused (49).',
      'Check the distinguished name and the password, and whether the account is locked.',
    ],
    [
      'Nom ou mot de passe refusé (49).',
      'Vérifiez le nom distinctif et le mot de passe, et si le compte est verrouillé.',
    ],
  ),
  'account-locked': signIn(
    ['The account is locked.', 'Unlock it in the directory, then correct the password here.'],
    ['Le compte est verrouillé.', 'Déverrouillez-le dans l’annuaire, puis corrigez le mot de passe ici.'],
  ),
  'account-disabled': signIn(
    ['The account is disabled.', 'Enable it in the directory, or use another account.'],
    ['Le compte est désactivé.', 'Activez-le dans l’annuaire, ou utilisez un autre compte.'],
  ),
  'account-expired': signIn(
    ['The account has expired.', 'Extend it in the directory, or use another account.'],
    ['Le compte est expiré.', 'Prolongez-le dans l’annuaire, ou utilisez un autre compte.'],
  ),
  'password-expired': signIn(
    ['The password has expired.', 'Set a new one in the directory, then enter it here.'],
    ['Le mot de passe est expiré.', 'Définissez-en un nouveau dans l’annuaire, puis entrez-le ici.'],
  ),
  'password-must-change': signIn(
    ['The password must be changed first.', 'Sign in once as this account and change it, then enter the new one here.'],
    [
      'Le mot de passe doit d’abord être changé.',
      'Ouvrez une session avec ce compte pour le changer, puis entrez le nouveau ici.',
    ],
  ),
  'sign-in-hours': signIn(
    ['The account may not sign in now, or not from here.', 'Lift its hours and workstations in the directory.'],
    [
      'Le compte ne peut pas s’authentifier à cette heure ou depuis cet endroit.',
      'Levez ses restrictions d’heures et de postes dans l’annuaire.',
    ],
  ),
  'needs-protection': fault(
    Permission,
    [
      'The directory asks for a stronger sign-in or protection.',
      'Choose 636 (LDAPS), or let the directory take simple sign-ins under TLS.',
    ],
    [
      'L’annuaire exige une authentification ou une protection plus forte.',
      'Choisissez 636 (LDAPS), ou permettez à l’annuaire l’authentification simple sous TLS.',
    ],
  ),
  anonymous: fault(
    Authentication,
    [
      'The directory did not count the sign-in: it answers as to an unknown person.',
      'Check the distinguished name and the password.',
    ],
    [
      'L’annuaire n’a pas retenu l’authentification : il répond comme à une personne inconnue.',
      'Vérifiez le nom distinctif et le mot de passe.',
    ],
  ),
  forbidden: fault(
    Permission,
    [
      'The account may not read this part of the directory. {detail}',
      'Let the account read people and groups with their members and ids.',
    ],
    [
      'Le compte n’a pas le droit de lire cette partie de l’annuaire. {detail}',
      'Donnez au compte la lecture des personnes et des groupes, avec leurs membres et identifiants.',
    ],
  ),
  'base-not-found': fault(
    NotFound,
    ['The directory has no entry {base}.', 'Check the distinguished name, or whether the account may see it.'],
    ['L’annuaire n’a pas d’entrée {base}.', 'Vérifiez le nom distinctif, ou si le compte peut la voir.'],
  ),
  'name-malformed': fault(
    Invalid,
    ['{base} is no distinguished name.', 'Write it as in OU=Users,DC=company,DC=com.'],
    ['{base} n’est pas un nom distinctif.', 'Écrivez-le comme dans OU=Users,DC=company,DC=com.'],
  ),
  'filter-malformed': fault(
    Invalid,
    ['The directory does not understand the filter of those left out.', 'Write it as in (employeeType=contractor).'],
    ['L’annuaire ne comprend pas le filtre des personnes exclues.', 'Écrivez-le comme dans (employeeType=contractor).'],
  ),
  'size-limit': fault(
    Permission,
    [
      'The directory gives this account a part of the answer only.',
      'Lift its size limit, or let the account read in pages. Nothing is done with a part.',
    ],
    [
      'L’annuaire ne donne à ce compte qu’une partie de la réponse.',
      'Levez sa limite de taille, ou permettez au compte la lecture par pages. Rien n’est fait d’une partie.',
    ],
  ),
  'time-limit': fault(
    Timeout,
    [
      'The directory broke off: the search took longer than it allows.',
      'Lift its time limit, or search smaller units. It is tried again by itself.',
    ],
    [
      'L’annuaire a interrompu la recherche, plus longue qu’il ne le permet.',
      'Levez sa limite de temps, ou cherchez dans de plus petites unités. Un nouvel essai se fait automatiquement.',
    ],
  ),
  referral: fault(
    Invalid,
    [
      'Part of the answer is held by another directory. {detail}',
      'Search below a name that this server holds itself, or enter the other server.',
    ],
    [
      'Une partie de la réponse se trouve dans un autre annuaire. {detail}',
      'Cherchez sous un nom que ce serveur détient lui-même, ou entrez l’autre serveur.',
    ],
  ),
  busy: fault(
    RateLimit,
    ['The directory is busy.', 'It is tried again by itself.'],
    ['L’annuaire est occupé.', 'Un nouvel essai se fait automatiquement.'],
  ),
  'cut-off': fault(
    Unreachable,
    [
      'The connection to {server} broke off in mid-answer.',
      'Nothing is done with a part. It is tried again by itself.',
    ],
    [
      'La connexion avec {server} a été coupée pendant la réponse.',
      'Rien n’est fait d’une partie. Un nouvel essai se fait automatiquement.',
    ],
  ),
  'answer-too-large': fault(
    Invalid,
    ['The directory answers more than the service takes in. {detail}', 'Search a smaller unit.'],
    ['L’annuaire répond plus que le service ne peut recevoir. {detail}', 'Cherchez dans une plus petite unité.'],
  ),
  'no-people': fault(
    NotFound,
    [
      'Nobody is found below {base}.',
      'Check the user search, who is left out, and whether the account may see people.',
    ],
    [
      'Personne n’est trouvé sous {base}.',
      'Vérifiez la recherche d’utilisateurs, les personnes exclues et si le compte peut voir les personnes.',
    ],
  ),
  'settings-incomplete': fault(
    Invalid,
    ['{what} is still lacking.', 'Enter it, then test again.'],
    ['Il manque encore : {what}.', 'Entrez cette valeur, puis refaites le test.'],
  ),
  'needs-dry-run': fault(
    Invalid,
    [
      'The first run needs a dry run that an administrator has confirmed.',
      'Make a dry run, read what it shows, then confirm it.',
    ],
    [
      'La première exécution exige un essai à blanc confirmé par un administrateur.',
      'Lancez un essai à blanc, lisez ce qu’il montre, puis confirmez-le.',
    ],
  ),
  held: fault(
    Invalid,
    [
      'More removals and flags than a run may do unasked: {detail} wait.',
      'Make a dry run, read what it shows, then confirm it. Everything else was done.',
    ],
    [
      'Plus de retraits et de signalements qu’une exécution ne peut en faire sans demander : {detail} en attente.',
      'Lancez un essai à blanc, lisez ce qu’il montre, puis confirmez-le. Tout le reste a été fait.',
    ],
  ),
  'team-refused': fault(
    Permission,
    [
      'The directory may not decide who is in the team {detail}.',
      'It has administrator rights, follows Entra ID, belongs to a business unit by itself, or is gone. Map another team.',
    ],
    [
      'L’annuaire ne peut pas décider des membres de l’équipe {detail}.',
      'Elle a des droits d’administration, suit Entra ID, appartient d’office à une division, ou n’existe plus. Choisissez une autre équipe.',
    ],
  ),
  refused: fault(
    Invalid,
    ['The directory refused the request. {detail}', 'Correct what it names, then try again.'],
    ['L’annuaire a refusé la demande. {detail}', 'Corrigez ce qui est indiqué, puis réessayez.'],
  ),
} as const satisfies Readonly<Record<string, ConnectionFault>>;

/** What can be wrong with a directory or the way to it; each has a remedy of its own. */
export type DirectoryFault = keyof typeof directoryFaults;

/** The same by the names that answers carry: `directory-credentials`. */
export const directoryFaultWords: Readonly<Record<`directory-${DirectoryFault}`, ConnectionFault>> = Object.fromEntries(
  Object.entries(directoryFaults).map(([name, words]) => [`directory-${name}`, words]),
  // Object.fromEntries forgets the names that the entries have.
) as Record<`directory-${DirectoryFault}`, ConnectionFault>;
