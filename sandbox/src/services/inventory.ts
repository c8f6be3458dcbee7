import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Records, Item } from './kept';
import { isSame } from './same-secret';

/** Items of a page. */
const PAGE_SIZE = 100;

const label = z.string().min(1).max(100);
const price = z.strictObject({ amount: z.string().regex(/^\d{1,9}\.\d{2}$/, 'an amount with two decimals, as text') });
const onHand = z.int().min(0).max(1_000_000);
const newItem = z.strictObject({
  code: z.string().regex(/^[\w.-]{1,40}$/),
  label,
  price: price.default({ amount: '0.00' }),
  onHand: onHand.default(0),
});
const change = z.strictObject({ label, price, onHand }).partial();
const listQuery = z.object({
  changedSince: z.iso.datetime({ offset: true }).default('1970-01-01T00:00:00Z'),
  page: z.coerce.number().int().min(1).default(1),
});

const words = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');

/** An inventory with a JSON interface: a list by pages that tells what changed, items by code. It asks for a token. */
export function registerInventory(app: FastifyInstance, items: Records<Item>, token: string): void {
  app.addHook('onRequest', async (request, reply) => {
    if (isSame(request.headers.authorization, `Bearer ${token}`)) return undefined;
    return reply
      .status(401)
      .header('www-authenticate', 'Bearer realm="inventory"')
      .send({ error: 'This inventory asks for its token.' });
  });
  app.get('/items', (request, reply) => {
    const query = listQuery.safeParse(request.query);
    if (!query.success) return reply.status(400).send({ error: words(query.error) });
    const { changedSince, page } = query.data;
    const found = items.since(new Date(changedSince));
    return { page, total: found.length, items: found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE) };
  });
  app.get<{ Params: { code: string } }>(
    '/items/:code',
    ({ params }, reply) =>
      items.get(params.code) ?? reply.status(404).send({ error: `There is no item ${params.code}.` }),
  );
  app.post('/items', (request, reply) => {
    const given = newItem.safeParse(request.body);
    if (!given.success) return reply.status(422).send({ error: words(given.error) });
    if (items.get(given.data.code) !== undefined)
      return reply.status(409).send({ error: `There is an item ${given.data.code} already.` });
    items.put(given.data);
    return reply.status(201).send(items.get(given.data.code));
  });
  app.patch<{ Params: { code: string } }>('/items/:code', ({ params, body }, reply) => {
    const known = items.get(params.code);
    if (known === undefined) return reply.status(404).send({ error: `There is no item ${params.code}.` });
    const given = change.safeParse(body);
    if (!given.success) return reply.status(422).send({ error: words(given.error) });
    const { changedOn: _, ...before } = known;
    items.put({ ...before, ...Object.fromEntries(Object.entries(given.data).filter(([, one]) => one !== undefined)) });
    return items.get(params.code);
  });
}
