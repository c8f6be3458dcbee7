import type { Part } from '../store/part';
import type { Mapping } from './mapping';
import { mappingPart } from './mapping-part';
import { SNAPSHOT_SELECT, type Snapshot, readSnapshots } from './snapshots';

/** History of the figures; emptied by a change of the mapping. Null without a mapping. */
export const snapshotPart: Part<'snapshots', readonly Snapshot[] | null, { readonly mapping: Mapping | null }> = {
  name: 'snapshots',
  select: SNAPSHOT_SELECT,
  needs: [mappingPart],
  read: async ({ webApi }, { mapping }) => mapping && readSnapshots(webApi, mapping),
  stands: ({ mapping }, { mapping: last }) => !!mapping && last?.id === mapping.id && last.version === mapping.version,
};
