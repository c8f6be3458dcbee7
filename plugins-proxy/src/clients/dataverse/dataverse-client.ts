import { type TableFacts, tables } from '@crmjira/domain';
import { DynamicsWebApi } from 'dynamics-web-api';
import { z } from 'zod';
import { classifyError } from '../../platform/errors/classify-error';
import { redactNothing } from '../../platform/log/redact';
import { type Current, current } from '../../platform/http-client/current';
import { type RetryClock, realRetryClock, withRetries } from '../../platform/http-client/with-retries';
import { classifyDataverseError, pageInstead } from './classify-dataverse-error';
import { batchReads } from './batch-reads';
import { guardAnswers } from './guard-answers';
import { guardConnections } from './guard-connections';
import { readableWrite } from './message-columns';
import { readInBatch } from './read-in-batch';
import {
  asExpected,
  type DataverseReader,
  pageAnswer,
  readerOver,
  type ReadRequest,
  rowsAtOnce,
  sendRead,
} from './reader';
import { readTableFacts, rememberTableFacts } from './table-facts';
import type { TokenSource } from './token-source';
import type { ActionCall, PlainWrite } from './plain-write';
import { hasCode } from '../../platform/errors/has-code';
import { IntegrationError } from '../../platform/errors/integration-error';

/** Rows changed since a delta link, and the next link. */
export interface Changes {
  readonly rows: readonly unknown[];
  readonly deltaLink: string;
}

/** Typed calls to the Dataverse Web API. Errors are IntegrationErrors; answers are parsed where they come in. */
export interface DataverseClient extends DataverseReader {
  /** A reader whose reads of the same turn of the event loop, whoever asks, leave as one `$batch`. */
  readonly batched: DataverseReader;
  /** All changes since `deltaLink`, or all rows and a first link. @throws IntegrationError 4xx when the link is too old */
  changes(collection: string, select: readonly string[], deltaLink: string | null): Promise<Changes>;
  /** All writes, and then the action, or nothing. @throws IntegrationError `dataverse-precondition` */
  changeSet(writes: readonly PlainWrite[], last?: ActionCall): Promise<void>;
  /** Deletes a row; one that is gone already is done. */
  remove(collection: string, id: string): Promise<void>;
  action(collection: string, id: string, name: string, parameters: Record<string, unknown>): Promise<void>;
  /** An action of the platform that is bound to no row, e.g. WinOpportunity. */
  unboundAction(name: string, parameters: Record<string, unknown>): Promise<void>;
  whoAmI(): Promise<{ readonly organizationId: string; readonly userId: string }>;
  /** Options of a choice, or of the status of a table; empty where there is no such table or column. */
  choices(table: string, column: string, kind: 'Picklist' | 'Status'): Promise<readonly Choice[]>;
  /** A table, those of its columns that are named, and those that its rows cannot do without; null: there is no such table. */
  tableFacts(table: string, columns: readonly string[]): Promise<TableFacts | null>;
  /** Where the environment lies, e.g. `CAN`; null when Dataverse does not say. */
  currentOrganization(): Promise<{ readonly geography: string | null }>;
}

/** An option in every language of the environment. */
export interface Choice {
  readonly value: number;
  readonly labels: readonly string[];
  /** State that a status goes with; null: no status */
  readonly state: number | null;
}

const choicesAnswer = z.object({
  OptionSet: z.object({
    Options: z.array(
      z.object({
        Value: z.number(),
        State: z.number().nullish(),
        Label: z.object({ LocalizedLabels: z.array(z.object({ Label: z.string() })).nullish() }).nullish(),
      }),
    ),
  }),
});
const organizationAnswer = z.object({ Detail: z.object({ Geo: z.string().nullish() }) });
const whoAmIAnswer = z.object({ OrganizationId: z.guid(), UserId: z.guid() });

export interface DataverseClientOptions {
  readonly url: string;
  readonly tokens: TokenSource;
  readonly timeoutMs: Current<number>;
  readonly clock?: RetryClock;
  /** Cuts known secrets out of sentences that people will read in a row (R-1407). */
  readonly redact?: (text: string) => string;
  /** Most reads in one `$batch`; left out: 50 (R-1307). */
  readonly batchSize?: () => number;
}

/**
 * Adds one operation of a change set to a started batch. A post knows no upsert, and so takes no PATCH: its create names the id in the body
 * (learn.microsoft.com "Post table/entity reference").
 */
function add(api: DynamicsWebApi, write: PlainWrite): Promise<unknown> {
  const request = { collection: write.collection, key: write.id, data: write.columns };
  if (write.op === 'delete') return api.deleteRecord({ collection: write.collection, key: write.id });
  if (write.op === 'create' && write.collection === tables.post.entitySet)
    return api.create({ collection: write.collection, data: { ...write.columns, [tables.post.primaryId]: write.id } });
  // A create is a PATCH that may only create: a row that exists answers 412 instead of being written again.
  if (write.op === 'create') return api.upsert({ ...request, ifnonematch: '*' });
  // Without the ETag of the row as read, `*` keeps an update from creating a row that is gone.
  if (write.op === 'update') return api.update({ ...request, ifmatch: write.ifMatch ?? '*' });
  return api.upsert(request);
}

/**
 * A client on dynamics-web-api. Its batches hold their state in the instance, so each change set gets one of its own; headers per
 * operation (If-Match, If-None-Match) go into the parts of the batch as they must.
 */
export function createDataverseClient(options: DataverseClientOptions): DataverseClient {
  const origin = new URL(options.url).origin;
  guardAnswers(options.url);
  guardConnections(options.url);
  const { redact = redactNothing } = options;
  let timeout = current(options.timeoutMs);
  const api = new DynamicsWebApi({
    serverUrl: options.url,
    dataApi: { version: '9.2' },
    timeout,
    includeAnnotations: '*',
    propagateErrors: true,
    onTokenRefresh: () => options.tokens.token(),
  });

  async function call<T>(run: () => Promise<T>, repeatable = true): Promise<T> {
    return withRetries(
      async () => {
        const now = current(options.timeoutMs);
        if (now !== timeout) api.setConfig({ timeout: (timeout = now) });
        try {
          const answer = await run();
          // The library gives out what is not JSON as text, whatever was asked for.
          if (typeof answer === 'string') throw pageInstead();
          return answer;
        } catch (cause) {
          const error = classifyDataverseError(cause, Date.now(), redact);
          if (error.code === 'dataverse-token') options.tokens.drop();
          throw error;
        }
      },
      repeatable,
      options.clock ?? realRetryClock,
    );
  }

  /** Links come from the server; they are followed only back to it (R-1212). */
  function own(link: string): string {
    if (new URL(link, options.url).origin === origin) return link;
    throw new IntegrationError('Dataverse gave a link to another host; it is not followed.', {
      code: 'foreign-link',
      errorClass: 'configuration',
    });
  }

  async function* pages(
    request: Parameters<DynamicsWebApi['retrieveMultiple']>[0],
    first: string | null,
  ): AsyncGenerator<z.output<typeof pageAnswer>> {
    for (let link: string | undefined = first === null ? undefined : own(first); ;) {
      const current: string | undefined = link;
      const answer = asExpected(pageAnswer, await call(() => api.retrieveMultiple({ ...request }, current)));
      yield answer;
      if (answer.oDataNextLink === undefined) return;
      link = own(answer.oDataNextLink);
    }
  }

  const alone = (read: ReadRequest): Promise<unknown> => call(() => sendRead(api, read));
  const rest = async function* (collection: string, link: string): AsyncGenerator<readonly unknown[]> {
    for await (const { value } of pages({ collection, maxPageSize: rowsAtOnce }, link)) yield value;
  };

  const batchedReads = batchReads(async (reads, settle) => {
    const [only, ...others] = reads;
    if (only === undefined || others.length > 0) return readInBatch(api, call, reads, settle, redact);
    // One read is a plain GET: cheaper, and the same to the one who asked.
    return alone(only).then(
      (answer) => settle(0, { ok: true, answer }),
      (error: unknown) => settle(0, { ok: false, error: classifyError(error) }),
    );
  }, options.batchSize);

  return {
    ...readerOver(alone, rest),
    batched: readerOver(batchedReads, rest),
    changes: async (collection, select, deltaLink) => {
      const whole = { select: [...select], trackChanges: true };
      // The names of choices and rows that come with each value are more than the row, and a table may be large.
      const request = { collection, includeAnnotations: '', ...(deltaLink === null ? whole : {}) };
      const rows: unknown[] = [];
      let next = '';
      for await (const { value, oDataDeltaLink = '' } of pages(request, deltaLink)) {
        rows.push(...value);
        next = oDataDeltaLink;
      }
      return { rows, deltaLink: next };
    },
    changeSet: async (writes, last) => {
      await call(async () => {
        const batch = api.initializeInstance();
        batch.startBatch();
        for (const write of writes) await add(batch, readableWrite(write, redact));
        if (last !== undefined) await batch.callAction({ actionName: last.name, action: last.parameters });
        const results: unknown[] = await batch.executeBatch();
        // Some gateways answer 200 around a failed change set.
        if (results.some((result) => result instanceof Error)) throw results;
      });
    },
    remove: async (collection, id) => {
      try {
        await call(() => api.deleteRecord({ collection, key: id }));
      } catch (error) {
        if (!hasCode(error, 'dataverse-not-found')) throw error;
      }
    },
    action: async (collection, id, name, parameters) => {
      await call(
        () => api.callAction({ collection, key: id, actionName: `Microsoft.Dynamics.CRM.${name}`, action: parameters }),
        false,
      );
    },
    unboundAction: async (name, parameters) => {
      await call(() => api.callAction({ actionName: name, action: parameters }), false);
    },
    whoAmI: async () => {
      const answer = asExpected(whoAmIAnswer, await call(() => api.callFunction('WhoAmI')));
      return { organizationId: answer.OrganizationId.toLowerCase(), userId: answer.UserId.toLowerCase() };
    },
    choices: async (table, column, kind) => {
      try {
        const answer = await call(() =>
          api.retrieveAttribute({
            entityKey: `LogicalName='${table}'`,
            attributeKey: `LogicalName='${column}'`,
            castType: `Microsoft.Dynamics.CRM.${kind}AttributeMetadata`,
            select: ['LogicalName'],
            expand: [{ property: 'OptionSet', select: ['Options'] }],
          }),
        );
        return asExpected(choicesAnswer, answer).OptionSet.Options.map(({ Value, State, Label }) => ({
          value: Value,
          labels: [...new Set((Label?.LocalizedLabels ?? []).map((one) => one.Label))],
          state: State ?? null,
        }));
      } catch (error) {
        if (error instanceof IntegrationError && error.status === 404) return [];
        throw error;
      }
    },
    tableFacts: rememberTableFacts((table, columns) => readTableFacts(api, call, table, columns)),
    currentOrganization: async () => {
      const parameters = { AccessType: "Microsoft.Dynamics.CRM.EndpointAccessType'Default'" };
      const answer = await call(() => api.callFunction({ name: 'RetrieveCurrentOrganization', parameters }));
      return { geography: asExpected(organizationAnswer, answer).Detail.Geo ?? null };
    },
  };
}
