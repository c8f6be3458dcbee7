import { escapeHtml } from '@crmjira/domain';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Item, type Kept, priorities, progressSteps, type WorkOrder } from './kept';

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; font: 14px/1.45 system-ui, sans-serif; }
main { max-width: 1100px; margin: 0 auto; padding: 20px 24px 60px; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; } th { text-align: left; font-size: 12px; }
th, td { padding: 6px 10px 6px 0; border-bottom: 1px solid #8884; } h2 { font-size: 16px; margin: 28px 0 8px; }
input, select, button { font: inherit; min-height: 28px; } input[name=label], input[name=subject] { width: 100%; min-width: 180px; }
form { display: inline; }`;

const input = (form: string, name: string, value: string, more = ''): string =>
  `<td><input form="${form}" name="${name}" aria-label="${name}" value="${escapeHtml(value)}" ${more}></td>`;
const choice = (form: string, name: string, chosen: string, values: readonly string[]): string =>
  `<td><select form="${form}" name="${name}" aria-label="${name}">${values.map((one) => `<option${one === chosen ? ' selected' : ''}>${one}</option>`).join('')}</select></td>`;
const buttons = (form: string, action: string): string =>
  `<td><form id="${form}" method="post" action="${action}"><button>Save</button> <button formaction="${action}/delete" formnovalidate>Delete</button></form></td>`;
const heads = (names: readonly string[]): string =>
  `<thead><tr>${names.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>`;

function itemRow(item: Item): string {
  const form = `item-${item.code}`;
  return `<tr><th scope="row">${escapeHtml(item.code)}</th>${input(form, 'label', item.label, 'required maxlength="100"')}${input(form, 'amount', item.price.amount, String.raw`required pattern="\d{1,9}\.\d{2}" size="10"`)}${input(form, 'onHand', String(item.onHand), 'type="number" min="0" size="8"')}<td>${item.changedOn}</td>${buttons(form, `/sandbox/items/${encodeURIComponent(item.code)}`)}</tr>`;
}

function orderRow(order: WorkOrder): string {
  const form = `order-${order.number}`;
  return `<tr><th scope="row">${escapeHtml(order.number)}</th><td>${escapeHtml(order.caseNumber)}</td>${input(form, 'subject', order.subject, 'required maxlength="200"')}${choice(form, 'priority', order.priority, priorities)}${choice(form, 'progress', order.progress, progressSteps)}${input(form, 'appointment', (order.appointment ?? '').slice(0, 16), 'type="datetime-local"')}<td>${order.changedOn}</td>${buttons(form, `/sandbox/orders/${encodeURIComponent(order.number)}`)}</tr>`;
}

const pageOf = ({ items, orders }: Kept): string =>
  `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Inventory and work orders - sandbox</title><style>${STYLE}</style></head><body><main>
<h1>Inventory and work orders</h1>
<p>Two services that stand beside Dynamics. What is changed here reaches Dynamics at the next run of its integration.</p>
<h2>Inventory (REST)</h2><div class="wide"><table>${heads(['Code', 'Label', 'Price', 'On hand', 'Changed (UTC)', ''])}<tbody>${items.all().map(itemRow).join('')}
<tr>${input('item-new', 'code', '', String.raw`required pattern="[\w.\-]{1,40}" size="10"`)}${input('item-new', 'label', '', 'required maxlength="100"')}${input('item-new', 'amount', '0.00', String.raw`required pattern="\d{1,9}\.\d{2}" size="10"`)}${input('item-new', 'onHand', '0', 'type="number" min="0" size="8"')}<td></td><td><form id="item-new" method="post" action="/sandbox/items"><button>Add</button></form></td></tr></tbody></table></div>
<h2>Work orders (SOAP)</h2><p><a href="/work-orders?wsdl">Description (WSDL)</a></p><div class="wide"><table>${heads(['Number', 'Case', 'Subject', 'Priority', 'Progress', 'Appointment (UTC)', 'Changed (UTC)', ''])}<tbody>${orders.all().map(orderRow).join('')}</tbody></table></div>
</main></body></html>`;

const itemForm = z.object({
  label: z.string().trim().min(1).max(100),
  amount: z.string().regex(/^\d{1,9}\.\d{2}$/),
  onHand: z.coerce.number().int().min(0).max(1_000_000),
});
const newItemForm = itemForm.extend({ code: z.string().regex(/^[\w.-]{1,40}$/) });
const orderForm = z.object({
  subject: z.string().trim().min(1).max(200),
  priority: z.enum(priorities),
  progress: z.enum(progressSteps),
  appointment: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
    .transform((text) => `${text}:00Z`)
    .or(z.literal('').transform(() => null)),
});

/** What people see and change: no part of either service; the stand-in listens on this machine only. */
export function registerPage(app: FastifyInstance, kept: Kept): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  const back = (reply: FastifyReply): FastifyReply => reply.redirect('/', 303);
  const refuse = (reply: FastifyReply, words: string): FastifyReply => reply.status(400).send({ error: words });

  app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(pageOf(kept)));
  app.post('/sandbox/items', ({ body }, reply) => {
    const given = newItemForm.safeParse(body);
    if (!given.success) return refuse(reply, z.prettifyError(given.error));
    const { amount, ...item } = given.data;
    if (kept.items.get(item.code) !== undefined) return refuse(reply, `There is an item ${item.code} already.`);
    kept.items.put({ ...item, price: { amount } });
    return back(reply);
  });
  app.post<{ Params: { code: string } }>('/sandbox/items/:code', ({ params, body }, reply) => {
    const given = itemForm.safeParse(body);
    if (!given.success) return refuse(reply, z.prettifyError(given.error));
    if (kept.items.get(params.code) === undefined) return refuse(reply, 'There is no such item any more.');
    const { amount, ...item } = given.data;
    kept.items.put({ code: params.code, ...item, price: { amount } });
    return back(reply);
  });
  app.post<{ Params: { code: string } }>('/sandbox/items/:code/delete', ({ params }, reply) => {
    kept.items.remove(params.code);
    return back(reply);
  });
  app.post<{ Params: { number: string } }>('/sandbox/orders/:number', ({ params, body }, reply) => {
    const given = orderForm.safeParse(body);
    if (!given.success) return refuse(reply, z.prettifyError(given.error));
    const known = kept.orders.get(params.number);
    if (known === undefined) return refuse(reply, 'There is no such work order any more.');
    kept.orders.put({ number: params.number, caseNumber: known.caseNumber, ...given.data });
    return back(reply);
  });
  app.post<{ Params: { number: string } }>('/sandbox/orders/:number/delete', ({ params }, reply) => {
    kept.orders.remove(params.number);
    return back(reply);
  });
}
