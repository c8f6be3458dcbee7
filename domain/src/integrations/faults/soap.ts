import { ErrorClass } from '../../schema/generated/options';
import type { Language } from '../../text/language';
import { type ConnectionFault, fault, type FaultArgs, transient } from './fault-words';

const { Invalid, WrongProduct } = ErrorClass;

/** A fault in the service's own code and words. Which secrets to check is said only where the envelope holds some. */
const answeredWithFault: ConnectionFault = (() => {
  const told = (check: readonly [english: string, french: string]) =>
    fault(
      Invalid,
      ['The service answered with a fault: {code}.', `Its words: “{words}”. Nothing was changed. ${check[0]}`],
      [
        'Le service a répondu par une erreur\u00a0: {code}.',
        `Ses mots\u00a0: «\u00a0{words}\u00a0». Rien n’a été modifié. ${check[1]}`,
      ],
    );
  const secrets = told(['Check {secrets} in the vault.', 'Vérifiez {secrets} dans le coffre.']);
  const none = told(['Check the envelope and the sign-in.', 'Vérifiez l’enveloppe et l’authentification.']);
  const of = (language: Language) => (args: FaultArgs) =>
    ((args['secrets'] ?? '') === '' ? none : secrets).words[language](args);
  return { ...secrets, words: { 1033: of(1033), 3084: of(3084) } };
})();

/** What can be wrong with a SOAP service beside the way to it, and beside what is wrong with any web service. */
export const soapFaults = {
  'soap-fault': answeredWithFault,
  'soap-version': fault(
    Invalid,
    ['The service speaks another version of SOAP.', 'Choose the other version, and its namespace in the envelope.'],
    [
      'Le service parle une autre version de SOAP.',
      'Choisissez l’autre version, et son espace de noms dans l’enveloppe.',
    ],
  ),
  'soap-not-understood': fault(
    Invalid,
    ['The service does not understand a header that it must.', 'Correct the header of the envelope, or the sign-in.'],
    ['Le service ne comprend pas un en-tête obligatoire.', 'Corrigez l’en-tête de l’enveloppe, ou l’authentification.'],
  ),
  'soap-no-envelope': fault(
    WrongProduct,
    ['The answer is XML, but no SOAP envelope.', 'Check the endpoint.'],
    ['La réponse est du XML, mais pas une enveloppe SOAP.', 'Vérifiez le point de terminaison.'],
  ),
  'soap-xml-broken': fault(
    WrongProduct,
    ['The answer breaks off or is not XML.', 'Check the endpoint and what stands in between.'],
    [
      'La réponse est coupée ou n’est pas en XML.',
      'Vérifiez le point de terminaison et ce qui se trouve entre les deux.',
    ],
    transient,
  ),
  'soap-doctype': fault(
    Invalid,
    [
      'The answer has a document type declaration (DOCTYPE); it was not read.',
      'SOAP forbids it. Ask whoever runs the service why it is there.',
    ],
    [
      'La réponse contient une déclaration de type de document (DOCTYPE); elle n’a pas été lue.',
      'SOAP l’interdit. Demandez à l’exploitant du service pourquoi elle s’y trouve.',
    ],
  ),
  'soap-envelope-broken': fault(
    Invalid,
    ['The envelope template has no body.', 'Correct the template: it needs an Envelope with a Body.'],
    ['Le modèle d’enveloppe n’a pas de corps.', 'Corrigez le modèle\u00a0: il faut un élément Envelope avec un Body.'],
  ),
  'soap-wsdl-unreadable': fault(
    WrongProduct,
    ['The description of the service (WSDL) cannot be read ({why}).', 'Check its address, or leave it empty.'],
    ['La description du service (WSDL) est illisible ({why}).', 'Vérifiez son adresse, ou laissez le champ vide.'],
  ),
  'soap-wsdl-action': fault(
    Invalid,
    ['The service does not offer the action {action}.', 'Its description names: {offered}.'],
    ['Le service n’offre pas l’action {action}.', 'Sa description nomme\u00a0: {offered}.'],
  ),
} as const;
