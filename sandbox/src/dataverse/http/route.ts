import { entryOf } from '@crmjira/domain';
import { unboundActions, unboundFunctions } from '../actions/unbound';
import { routeDefinitions, isDefinitionSet } from '../definitions/route-definitions';
import { csdl } from '../definitions/csdl';
import { noSuchSegment, notAllowed } from '../errors';
import { parsePath } from '../odata/path';
import { parseParameters } from '../odata/query-options';
import { json, text, type ApiResponse } from './api-message';
import { routeEntitySet } from './route-entity-set';
import type { Session } from './session';

/** One request, wherever it came from: the wire, a batch, a change set. */
export async function route(session: Session): Promise<ApiResponse> {
  const { schema } = session.platform;
  const aliases = new Map([...parseParameters(session.request.query)].filter(([name]) => name.startsWith('@')));
  const segments = parsePath(session.request.path, aliases);
  const [first] = segments;
  if (!first) return serviceDocument(session);
  if (first.name === '$metadata') return text(200, csdl(schema), 'application/xml');
  if (isDefinitionSet(first.name)) return routeDefinitions(session, segments);
  const table = schema.bySet(first.name);
  if (table) return routeEntitySet(session, table, segments);
  const action = entryOf(unboundActions, first.name);
  const operation = action ?? entryOf(unboundFunctions, first.name);
  if (!operation || segments.length > 1) throw noSuchSegment(first.name);
  if (session.request.method !== (action ? 'POST' : 'GET')) throw notAllowed(session.request.method);
  return operation(session, first.argument ?? '');
}

function serviceDocument(session: Session): ApiResponse {
  const sets = [...session.platform.schema.tables.values()].map(({ entitySetName }) => ({
    name: entitySetName,
    kind: 'EntitySet',
    url: entitySetName,
  }));
  return json(200, { '@odata.context': `${session.serviceRoot}$metadata`, value: sets });
}
