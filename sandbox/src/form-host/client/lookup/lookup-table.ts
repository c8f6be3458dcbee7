import { z } from 'zod';
import { type Language, labelIn } from '../language';
import { callHost } from '../panels/host-api';
import { isOurs } from '../web-api/tables';
import { readRow } from '../web-api/web-api';
import { word } from '../words';
import { viewIdOf } from './lookup-state';
import type { LookupView } from './lookup-state';

/** A table whose rows a lookup may hold. */
export interface LookupTable {
  /** logical name */
  readonly name: string;
  readonly label: string;
  readonly entitySet: string;
  readonly primaryId: string;
  readonly primaryName: string;
  /** its own, the default one first; never empty */
  readonly views: readonly LookupView[];
}

const definitionSchema = z.object({
  EntitySetName: z.string(),
  PrimaryIdAttribute: z.string(),
  PrimaryNameAttribute: z.string(),
  DisplayName: z.object({
    LocalizedLabels: z.array(z.object({ Label: z.string(), LanguageCode: z.number() })),
  }),
});
const SELECT = '$select=EntitySetName,PrimaryIdAttribute,PrimaryNameAttribute,DisplayName';

/** Id of the view that stands in for a table's own lookup view: Microsoft's tables bring theirs with the platform. */
const BY_NAME = '00000000-0000-0000-0000-000000000000';

const pagesSchema = z.object({
  views: z.array(
    z.object({
      id: z.string(),
      name: z.object({ 1033: z.string(), 3084: z.string() }),
      isDefault: z.boolean(),
      fetchXml: z.string(),
    }),
  ),
});

/** Names of a table and its views, asked of Dataverse and of the solution. @throws WebApiError for a table that is not there */
export async function readLookupTable(table: string, language: Language): Promise<LookupTable> {
  const [row, own] = await Promise.all([
    readRow(`EntityDefinitions(LogicalName='${table}')?${SELECT}`),
    ownViews(table, language),
  ]);
  const definition = definitionSchema.parse(row);
  const { PrimaryNameAttribute: name, LocalizedLabels: labels } = { ...definition, ...definition.DisplayName };
  const byName: LookupView = {
    id: BY_NAME,
    table,
    name: word(language, 'lookupView'),
    fetchXml: `<fetch><entity name="${table}"><order attribute="${name}"/></entity></fetch>`,
    isDefault: true,
  };
  return {
    name: table,
    label: (labels.find(({ LanguageCode }) => LanguageCode === language) ?? labels[0])?.Label ?? table,
    entitySet: definition.EntitySetName,
    primaryId: definition.PrimaryIdAttribute,
    primaryName: name,
    views: own.length > 0 ? own : [byName],
  };
}

async function ownViews(table: string, language: Language): Promise<readonly LookupView[]> {
  if (!isOurs(table)) return [];
  const { views } = pagesSchema.parse(await callHost(`/host/tables/${table}`));
  return views.map(({ id, name, isDefault, fetchXml }) => ({
    id: viewIdOf(id),
    table,
    name: labelIn(language, name),
    fetchXml,
    isDefault,
  }));
}
