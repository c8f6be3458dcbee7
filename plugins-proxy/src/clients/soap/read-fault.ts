import type { Evaluator } from '../web-service/expressions/evaluate';
import type { Cell } from '../web-service/expressions/expression-task';
import type { ServiceAnswer } from '../web-service/service-connection';
import { ServiceError } from '../web-service/service-error';

const local = (name: string): string => `*[local-name()="${name}"]`;
const fault = `/${local('Envelope')}/${local('Body')}/${local('Fault')}`;
const expressions = [
  `name(/${local('Envelope')})`,
  `name(${fault})`,
  `${fault}/faultcode`,
  `${fault}/faultstring`,
  `${fault}/${local('Code')}/${local('Value')}`,
  `${fault}/${local('Code')}/${local('Subcode')}/${local('Value')}`,
  `${fault}/${local('Reason')}/${local('Text')}`,
] as const;

const textOf = (cell: Cell | undefined): string => (typeof cell === 'string' ? cell : '');
const withoutPrefix = (code: string): string => code.replace(/^[\w.-]+:/, '').slice(0, 100);

/** Longest words of a service that are shown, in characters. */
const longestWords = 300;

/**
 * Reads whether an answer is a fault of the service (SOAP 1.1, 4.4; SOAP 1.2, 5.4).
 * @param redact before its words are cut: half a secret is not recognised
 * @throws ServiceError the fault, in its code and words, or that the answer is no envelope
 */
export async function requireNoFault(
  { text, status }: ServiceAnswer,
  evaluator: Pick<Evaluator, 'evaluate'>,
  secrets: readonly string[],
  redact: (text: string) => string,
): Promise<void> {
  const { single } = await evaluator.evaluate({
    kind: 'xml',
    text,
    namespaces: {},
    single: expressions,
    records: null,
    fields: [],
  });
  const [envelope, isFault, code11, words11, code12, subcode12, words12] = single.map(textOf);
  if (envelope === '') throw new ServiceError('soap-no-envelope', {}, { status });
  if (isFault === '') return;
  const code = withoutPrefix(code11 || subcode12 || code12 || '?');
  const general = withoutPrefix(code11 || code12 || '');
  if (general === 'VersionMismatch') throw new ServiceError('soap-version', {}, { status });
  if (general === 'MustUnderstand') throw new ServiceError('soap-not-understood', {}, { status });
  const words = redact((words11 || words12 || '').replaceAll(/\s+/g, ' ')).slice(0, longestWords);
  throw new ServiceError('soap-fault', { code, words, secrets: secrets.join(', ') }, { status });
}
