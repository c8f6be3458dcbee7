import { createRedactor } from '../../platform/log/redact';
import { type Filling, fillTemplate, secretsIn } from '../web-service/fill-template';
import { readTls } from '../web-service/read-references';
import { openService, requireSuccess, type ServiceAnswer } from '../web-service/service-connection';
import { ServiceError } from '../web-service/service-error';
import type { ServiceSecrets } from '../web-service/service-settings';
import {
  basicOf,
  enteredHeaders,
  longestPage,
  needed,
  type ServiceParts,
  type WebService,
} from '../web-service/web-service';
import { namespacesOf, soapHeaders, usernameToken, withHeader } from './envelope';
import { requireNoFault } from './read-fault';
import { readWsdl, type WsdlOperation } from './read-wsdl';
import type { SoapSettings } from './soap-settings';

/** A SOAP service; it may describe itself. */
export interface SoapService extends WebService {
  /** null: the settings name no description. @throws ServiceError where it cannot be read, or does not offer the action */
  operations(): Promise<readonly WsdlOperation[] | null>;
}

/** Beginning of a page that stands before a service instead of it. */
const webPage = /^\s*(?:<!doctype html|<html)/i;

/**
 * Opens a SOAP service as its settings say (R-1608). Nothing is sent yet.
 * @throws ServiceError where something is not entered yet, or a certificate cannot be used
 */
export async function openSoap(
  settings: SoapSettings,
  secrets: ServiceSecrets,
  parts: ServiceParts,
): Promise<SoapService> {
  const url = new URL(needed(settings.url, 'url'));
  const envelope = needed(settings.envelope, 'envelope');
  const tls = await readTls(settings, parts.vault);
  const entered = enteredHeaders(settings.headers, secrets);
  if (settings.signIn === 'certificate') needed(settings.certificate, 'certificate');
  const basic = settings.signIn === 'basic' ? basicOf(secrets) : null;
  const account =
    settings.signIn === 'ws-security'
      ? ([needed(secrets['username'], 'username'), needed(secrets['password'], 'password')] as const)
      : null;
  const connection = openService({
    url: settings.url,
    setting: 'the endpoint',
    guard: parts.guard(settings.url, 'the endpoint'),
    tls,
    timeoutMs: settings.timeoutSeconds * 1000,
    most: longestPage,
  });
  const redact = createRedactor([...Object.values(secrets), ...(basic === null ? [] : [basic.slice('Basic '.length)])]);
  const at = url.pathname + url.search;

  async function send(action: string, template: string, filling: Filling): Promise<ServiceAnswer> {
    const filled = fillTemplate(template, 'xml', filling, secrets);
    const [username, password] = account ?? [];
    const answer = await connection.send({
      method: 'POST',
      path: at,
      headers: {
        ...soapHeaders(settings.version, action),
        ...entered,
        ...(basic === null ? {} : { authorization: basic }),
      },
      body:
        username === undefined || password === undefined
          ? filled
          : withHeader(filled, usernameToken(username, password, new Date(parts.now()))),
    });
    // A fault comes with 500 (SOAP 1.1), 400 or 500 (SOAP 1.2): its words say more than the status.
    const mayBeFault = answer.status === 500 || answer.status === 400 || answer.status < 300;
    if (webPage.test(answer.text) && answer.status < 300)
      throw new ServiceError('web-page', { product: url.host, host: url.host, status: String(answer.status) });
    if (mayBeFault && /Envelope/.test(answer.text))
      await requireNoFault(answer, parts.evaluator, secretsIn(template), redact);
    requireSuccess(answer, connection, parts.now());
    // A service may take a message without an answer.
    const isTaken = [202, 204].includes(answer.status) && answer.text.trim() === '';
    if (!/Envelope/.test(answer.text) && !isTaken) await requireNoFault(answer, parts.evaluator, [], redact);
    return answer;
  }

  const namespaces = namespacesOf(envelope);
  const evaluate: WebService['evaluate'] = async ({ text }, fields) =>
    (await parts.evaluator.evaluate({ kind: 'xml', text, namespaces, single: [], records: settings.records, fields }))
      .rows;

  return {
    evaluate,
    operations: async () => {
      if (settings.wsdl === '') return null;
      const wsdl = new URL(settings.wsdl);
      const operations = await readWsdl(wsdl.pathname + wsdl.search, connection, parts.evaluator);
      if (settings.action !== '' && !operations.some(({ action, name }) => [action, name].includes(settings.action)))
        throw new ServiceError('soap-wsdl-action', {
          action: settings.action,
          offered: operations
            .map(({ name }) => name)
            .join(', ')
            .slice(0, 300),
        });
      return operations;
    },
    pages: async function* (since, fields) {
      let last = '';
      for (let page = 1; page <= settings.maxPages; page++) {
        const answer = await send(settings.action, envelope, { since, page, offset: 0, pageSize: 0, cursor: '' });
        if (answer.text === last) throw new ServiceError('service-page-again');
        last = answer.text;
        const rows = await evaluate(answer, fields);
        yield { answer, rows };
        if (settings.paging === 'none' || rows.length === 0) return;
      }
      throw new ServiceError('service-too-many-pages', { most: String(settings.maxPages) });
    },
    writes: { create: settings.create !== null, update: settings.update !== null },
    write: async ({ id, whole }) => {
      const how = id === '' ? settings.create : settings.update;
      if (how === null) throw new ServiceError('service-incomplete', { what: id === '' ? 'create' : 'update' });
      await send(how.action, how.envelope, {
        since: null,
        page: 1,
        offset: 0,
        pageSize: 0,
        cursor: '',
        id,
        values: whole,
      });
    },
    redact,
    close: () => connection.close(),
  };
}
