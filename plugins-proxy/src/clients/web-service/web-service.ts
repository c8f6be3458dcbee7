import type { SiteGuard } from '../../platform/http-client/site-guard';
import type { Vault } from '../../platform/secrets/key-vault';
import type { Evaluator } from './expressions/evaluate';
import type { Cell } from './expressions/expression-task';
import type { Scalar } from './fill-template';
import type { ServiceAnswer } from './service-connection';
import { ServiceError } from './service-error';
import type { ServiceSecrets } from './service-settings';

/** Longest answer taken of a web service, in bytes. */
export const longestPage = 8 * 1024 * 1024;

/** One page of a service's records. */
export interface ServicePage {
  readonly answer: ServiceAnswer;
  /** Of each record, the fields that were asked for. */
  readonly rows: readonly (readonly Cell[])[];
}

/** A record as it is written. */
export interface WrittenRecord {
  /** Empty: it is created. */
  readonly id: string;
  /** What changes, by path of a mapping. */
  readonly values: Readonly<Record<string, Scalar>>;
  /** All that is mapped, as it is after it: what a template is filled with. */
  readonly whole: Readonly<Record<string, Scalar>>;
  /** The same for the same wish, however often it is sent. */
  readonly idempotencyKey: string;
}

/** A REST or SOAP service that is open for one test, preview or run. */
export interface WebService {
  /** One page after the other. @param fields expressions on a record @throws ServiceError and what connections fail of */
  pages(since: Date | null, fields: readonly string[]): AsyncGenerator<ServicePage, void, undefined>;
  /** The records of an answer once more, by other fields. */
  evaluate(answer: ServiceAnswer, fields: readonly string[]): Promise<ServicePage['rows']>;
  /** Left out of the settings: it cannot be written. */
  readonly writes: { readonly create: boolean; readonly update: boolean };
  write(record: WrittenRecord): Promise<void>;
  /** Cuts out what is secret, as it was entered and as it was sent. */
  redact(text: string): string;
  close(): Promise<void>;
}

/** What services are opened with. */
export interface ServiceParts {
  readonly guard: (url: string, setting: string) => SiteGuard;
  readonly vault: Pick<Vault, 'read'>;
  readonly evaluator: Pick<Evaluator, 'evaluate'>;
  /** milliseconds since 1970 */
  readonly now: () => number;
}

/** A setting or secret that is needed. @throws ServiceError where it is not entered yet */
export function needed(value: string | undefined, what: string): string {
  if (value === undefined || value === '') throw new ServiceError('service-incomplete', { what });
  return value;
}

/** Headers that an administrator has entered; the values of secret ones stand with the secrets. */
export const enteredHeaders = (
  headers: readonly { readonly name: string; readonly value: string; readonly isSecret: boolean }[],
  secrets: ServiceSecrets,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    headers.map(({ name, value, isSecret }) => [
      name.toLowerCase(),
      isSecret ? needed(secrets[`header:${name}`], `header:${name}`) : value,
    ]),
  );

/** Value of the header of Basic. */
export const basicOf = (secrets: ServiceSecrets): string =>
  `Basic ${Buffer.from(`${needed(secrets['username'], 'username')}:${needed(secrets['password'], 'password')}`).toString('base64')}`;
