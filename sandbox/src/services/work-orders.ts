import { escapeHtml } from '@crmjira/domain';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { priorities, type Records, type WorkOrder } from './kept';
import { isSame } from './same-secret';
import { actionOf, envelope, fault, wsdl } from './soap';

/** How somebody signs in. */
export interface BasicAccount {
  readonly user: string;
  readonly password: string;
}

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
});

const subject = z.string().trim().min(1).max(200);
const priority = z.enum(priorities);
const operation = z.object({
  Envelope: z.object({
    Body: z.union([
      z.object({ List: z.object({ ChangedSince: z.iso.datetime({ offset: true }).or(z.literal('')) }).partial() }),
      z.object({ List: z.literal('') }),
      z.object({
        Create: z.object({ Case: z.string().trim().min(1).max(100), Subject: subject, Priority: priority.optional() }),
      }),
      z.object({
        Update: z.object({ '@number': z.string(), Subject: subject.optional(), Priority: priority.optional() }),
      }),
    ]),
  }),
});

const element = (name: string, value: string): string => `<o:${name}>${escapeHtml(value)}</o:${name}>`;
const orderXml = (order: WorkOrder): string =>
  `<o:WorkOrder>${[
    element('Number', order.number),
    element('Case', order.caseNumber),
    element('Subject', order.subject),
    element('Priority', order.priority),
    element('Progress', order.progress),
    order.appointment === null ? '' : element('Appointment', order.appointment),
    element('ChangedOn', order.changedOn),
  ].join('')}</o:WorkOrder>`;

/** The number after the highest that was ever given. */
const nextNumber = (orders: readonly WorkOrder[]): string =>
  `W-${1 + Math.max(1000, ...orders.map(({ number }) => Number(number.slice(2))))}`;

/** A service for work orders as older systems have them: SOAP 1.1 with a description, and a password. */
export function registerWorkOrders(
  app: FastifyInstance,
  orders: Records<WorkOrder>,
  { user, password }: BasicAccount,
  address: string,
): void {
  const account = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const xml = (reply: FastifyReply, text: string, status = 200): FastifyReply =>
    reply.status(status).type('text/xml; charset=utf-8').send(text);
  const refuse = (reply: FastifyReply, code: 'Client' | 'Server', words: string): FastifyReply =>
    xml(reply, fault(code, words), 500);

  app.addContentTypeParser(['text/xml', 'application/soap+xml'], { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  app.get('/', (_request, reply) => xml(reply, wsdl(address)));
  app.post<{ Body: string }>('/', (request, reply) => {
    if (!isSame(request.headers.authorization, account))
      return reply.status(401).header('www-authenticate', 'Basic realm="work orders"').send();
    if (XMLValidator.validate(request.body) !== true) return refuse(reply, 'Client', 'The message is no XML.');
    const read = operation.safeParse(parser.parse(request.body));
    if (!read.success) return refuse(reply, 'Client', z.prettifyError(read.error).slice(0, 500));
    const { Body: body } = read.data.Envelope;
    const [name = ''] = Object.keys(body);
    if (String(request.headers['soapaction'] ?? '').replaceAll('"', '') !== actionOf(name))
      return refuse(reply, 'Client', `The SOAPAction of ${name} is ${actionOf(name)}.`);

    if ('List' in body) {
      const since = typeof body.List === 'string' ? '' : (body.List.ChangedSince ?? '');
      const found = orders.since(new Date(since === '' ? 0 : since));
      return xml(reply, envelope(`<o:ListResponse>${found.map(orderXml).join('')}</o:ListResponse>`));
    }
    if ('Create' in body) {
      const { Case: caseNumber, Subject, Priority = 'Normal' } = body.Create;
      const number = nextNumber(orders.all());
      orders.put({
        number,
        caseNumber,
        subject: Subject,
        priority: Priority,
        progress: 'Received',
        appointment: null,
      });
      return xml(reply, envelope(`<o:CreateResponse>${element('Number', number)}</o:CreateResponse>`));
    }
    const { '@number': number, Subject, Priority } = body.Update;
    const known = orders.get(number);
    if (known === undefined) return refuse(reply, 'Client', `There is no work order ${number}.`);
    const { changedOn: _, ...before } = known;
    orders.put({ ...before, subject: Subject ?? before.subject, priority: Priority ?? before.priority });
    return xml(reply, envelope('<o:UpdateResponse/>'));
  });
}
