import type { FastifyInstance } from 'fastify';

const mappingPart = /PATCH [^\r\n]*crmjira_budget_mappings\(([0-9a-f-]{36})\)[\s\S]*?(?=\r?\n--|$)/gi;

/**
 * Which versions of mappings got new figures, read from the change sets that pass by: mapping → versions (`If-Match`) that one
 * was applied on. A change set that was refused is not counted.
 */
export function watchAppliedVersions(dataverse: FastifyInstance): Map<string, Set<string>> {
  const applied = new Map<string, Set<string>>();
  dataverse.addHook('onSend', async (request, _reply, payload) => {
    if (!request.url.endsWith('/$batch') || typeof request.body !== 'string') return;
    if (!Buffer.isBuffer(payload)) throw new Error('the stand-in answers batches in another form');
    if (/HTTP\/1\.1 [45]\d\d/.test(payload.toString())) return;
    for (const [part, id = ''] of request.body.matchAll(mappingPart)) {
      const version = /if-match:\s*(\S+)/i.exec(part)?.[1];
      if (version === undefined || !part.includes('"crmjira_spent_amount"')) continue;
      applied.set(id.toLowerCase(), (applied.get(id.toLowerCase()) ?? new Set()).add(version));
    }
  });
  return applied;
}
