import type { Currencies } from '../environment/currencies';
import { currencyPart } from '../environment/currency-part';
import type { RawRow } from '../row/row-fields';
import type { Part } from '../store/part';
import { withConnectionSync } from './connection';
import { MAPPING_SELECT, type Mapping, parseMapping } from './mapping';
import { MAPPINGS, mappingOf } from './mapping-query';

/** Everything that is shown of the mapping; a small read, a second where the figures seem old. Null: no Jira project has been asked for yet. */
export const mappingPart: Part<'mapping', Mapping | null, { readonly currencies: Currencies }> = {
  name: 'mapping',
  select: MAPPING_SELECT,
  needs: [currencyPart],
  serves: 'figures',
  watches: MAPPINGS,
  async read({ webApi, id, instant }, { currencies }) {
    const { entities } = await webApi.retrieveMultipleRecords('crmjira_budget_mapping', MAPPING_SELECT + mappingOf(id));
    // An entity of the answer is an object of columns; each column is checked when it is read.
    const [row] = entities as readonly RawRow[];
    return row ? withConnectionSync(webApi, parseMapping(row, currencies), instant()) : null;
  },
};
